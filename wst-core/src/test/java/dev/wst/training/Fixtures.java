package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.TeacherPolicy.Reading;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import dev.wst.TrainingDivergedException;
import dev.wst.UpdateStats;
import dev.wst.rl.Grpo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Small parts for tests of the loop. */
final class Fixtures {
    private Fixtures() {}

    /** A run of ten tasks that learns fast by GRPO; student, reward and steps are left to the test. */
    static WstTrainerBuilder trainer(TeacherPolicy teacher, Path run) {
        return WstTrainer.builder()
                .teacher(teacher)
                .tasks(tasks(10))
                .algorithm(Grpo.defaults().withLearningRate(2))
                .batch(4)
                .samples(4)
                .seed(5)
                .outageLimit(Duration.ZERO)
                .pauses(pause -> {})
                .runDirectory(run);
    }

    static List<Task> tasks(int count) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(Task.of("t" + i, i % 2 == 0 ? "an even question " + i : "an odd question " + i, "" + i % 2));
        }
        return tasks;
    }

    /**
     * The smallest policy that learns: a table of logits, one row for even and one for odd tasks, over four one-word
     * instructions. Its gradient is worked out by hand.
     */
    static final class TableTeacher implements TeacherPolicy {
        final double[][] logits = new double[2][4];
        boolean closed;
        private int updates;

        @Override
        public int updates() {
            return updates;
        }

        @Override
        public void saveState(Path directory) {
            try {
                Files.createDirectory(directory);
                String numbers = Arrays.stream(logits)
                        .flatMapToDouble(Arrays::stream)
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(" "));
                Files.writeString(directory.resolve("state.txt"), updates + " " + numbers);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void restoreState(Path directory) {
            try {
                String[] numbers =
                        Files.readString(directory.resolve("state.txt")).split(" ", -1);
                updates = Integer.parseInt(numbers[0]);
                for (int i = 0; i < 8; i++) {
                    logits[i / 4][i % 4] = Double.parseDouble(numbers[1 + i]);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static int row(Task task) {
            return Integer.parseInt(task.reference().orElseThrow());
        }

        private static double[] logSoftmax(double[] logits, double temperature) {
            double sum = 0;
            for (double z : logits) {
                sum += Math.exp(z / temperature);
            }
            double[] result = new double[logits.length];
            for (int i = 0; i < logits.length; i++) {
                result[i] = logits[i] / temperature - Math.log(sum);
            }
            return result;
        }

        @Override
        public List<Advice> write(List<Situation> situations, Sampling sampling, Seed seed) {
            List<Advice> written = new ArrayList<>();
            for (Situation situation : situations) {
                double[] logp =
                        logSoftmax(logits[row(situation.task())], sampling.isGreedy() ? 1 : sampling.temperature());
                double point = new SplittableRandom(seed.derive(situation.task().id())
                                .derive(situation.sample())
                                .value())
                        .nextDouble();
                int token = 0;
                if (sampling.isGreedy()) {
                    for (int i = 1; i < 4; i++) {
                        token = logp[i] > logp[token] ? i : token;
                    }
                } else {
                    for (double rest = point - Math.exp(logp[0]);
                            rest > 0 && token < 3;
                            rest -= Math.exp(logp[token])) {
                        token++;
                    }
                }
                written.add(new Advice(
                        situation,
                        Instruction.sampled(
                                "word" + token,
                                new int[] {token},
                                new double[] {logp[token]},
                                Instruction.Ending.STOP)));
            }
            return written;
        }

        private TokenScores scores(double[][] table, Advice advice, double temperature) {
            double[] logp = logSoftmax(table[row(advice.task())], temperature);
            double entropy = -Arrays.stream(logp).map(l -> l * Math.exp(l)).sum();
            return TokenScores.of(new double[] {logp[advice.instruction().tokens()[0]]}, new double[] {entropy});
        }

        @Override
        public List<Reading> read(List<Advice> batch, double temperature) {
            return batch.stream()
                    .map(a -> new Reading(scores(logits, a, temperature), new float[][] {{row(a.task()), 1}}))
                    .toList();
        }

        @Override
        public List<TokenScores> scoreReference(List<Advice> batch, double temperature) {
            return batch.stream()
                    .map(a -> scores(new double[2][4], a, temperature))
                    .toList();
        }

        @Override
        public int width() {
            return 2;
        }

        @Override
        public UpdateStats update(List<Advice> batch, Objective objective, double temperature, OptimizerStep step) {
            double[][] gradient = new double[2][4];
            List<TokenScores> seen = new ArrayList<>();
            double loss = 0;
            for (int i = 0; i < batch.size(); i++) {
                seen.add(scores(logits, batch.get(i), temperature));
                TokenSlopes slopes = objective.at(i, seen.get(i));
                loss += slopes.loss();
                if (!Double.isFinite(slopes.loss())) {
                    throw new TrainingDivergedException("the loss is not finite");
                }
                int row = row(batch.get(i).task());
                double[] logp = logSoftmax(logits[row], temperature);
                for (int v = 0; v < 4; v++) {
                    double one = v == batch.get(i).instruction().tokens()[0] ? 1 : 0;
                    gradient[row][v] += slopes.logProbability()[0] * (one - Math.exp(logp[v])) / temperature;
                }
            }
            double norm = 0;
            for (int r = 0; r < 2; r++) {
                for (int v = 0; v < 4; v++) {
                    logits[r][v] -= step.learningRate() * gradient[r][v];
                    norm += gradient[r][v] * gradient[r][v];
                }
            }
            updates++;
            return new UpdateStats(loss, Math.sqrt(norm), seen);
        }

        @Override
        public void save(Path directory) {
            try {
                Files.createDirectory(directory);
                Files.writeString(directory.resolve("table.txt"), Arrays.deepToString(logits));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Another policy, with something changed. */
    static class Forwarding implements TeacherPolicy {
        private final TeacherPolicy other;

        Forwarding(TeacherPolicy other) {
            this.other = other;
        }

        @Override
        public List<Advice> write(List<Situation> situations, Sampling sampling, Seed seed) {
            return other.write(situations, sampling, seed);
        }

        @Override
        public List<Reading> read(List<Advice> batch, double temperature) {
            return other.read(batch, temperature);
        }

        @Override
        public List<TokenScores> scoreReference(List<Advice> batch, double temperature) {
            return other.scoreReference(batch, temperature);
        }

        @Override
        public int width() {
            return other.width();
        }

        @Override
        public UpdateStats update(List<Advice> batch, Objective objective, double temperature, OptimizerStep step) {
            return other.update(batch, objective, temperature, step);
        }

        @Override
        public void save(Path directory) {
            other.save(directory);
        }

        @Override
        public int updates() {
            return other.updates();
        }

        @Override
        public void saveState(Path directory) {
            other.saveState(directory);
        }

        @Override
        public void restoreState(Path directory) {
            other.restoreState(directory);
        }

        @Override
        public void close() {
            other.close();
        }
    }
}
