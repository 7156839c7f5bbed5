package dev.wst.examples.device;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Precision;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TeacherPolicy.Reading;
import dev.wst.ValueFunction;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rl.Algorithm;
import dev.wst.rl.Batch;
import dev.wst.teacher.TransformerTeacher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All updates of one step, the same rollouts on the card and on the processor, and what the teacher says afterwards. */
record StepCheck(String onCard, String onProcessor, Algorithm algorithm) implements Check {
    private static final int TASKS = 6;
    private static final int SAMPLES = 4;
    private static final OptimizerStep STEP = new OptimizerStep(1e-3, 0.9, 0.999, 1e-8, 0, 1);

    @Override
    public String name() {
        return "a step of " + algorithm.name() + " ends where the processor's ends";
    }

    /** What is compared. */
    private record Outcome(Map<String, Double> metrics, List<Reading> after) {
        double metric(String name) {
            return metrics.getOrDefault(name, Double.NaN);
        }
    }

    @Override
    public String run() {
        Sampling sampling = EmbeddedPair.sampling();
        List<Advice> written;
        try (TransformerTeacher teacher = teacher(onProcessor)) {
            written = teacher.write(situations(), sampling, new Seed(7));
        }
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            rollouts.add(new Rollout(written.get(i).answered(Answer.of("any")), Reward.of(i * 7 % 5 / 4.0)));
        }
        Outcome card = outcome(onCard, rollouts, written, sampling);
        Outcome processor = outcome(onProcessor, rollouts, written, sampling);
        Worst worst = new Worst();
        for (String metric : List.of("grad_norm", algorithm.usesCritic() ? "loss/policy_avg" : "loss")) {
            worst.compare(metric, card.metric(metric), processor.metric(metric), 1e-4);
        }
        for (int i = 0; i < written.size(); i++) {
            worst.compare(
                    "log-probabilities after the step",
                    card.after.get(i).scores().logProbabilities(),
                    processor.after.get(i).scores().logProbabilities(),
                    1e-4);
        }
        return written.size() + " rollouts, " + worst.verdict() + " of 0.0001";
    }

    private static TransformerTeacher teacher(String kernels) {
        return TransformerTeacher.builder(EmbeddedPair.teacherFiles())
                .prompt(EmbeddedPair.prompt())
                .kernels(kernels)
                .precision(Precision.FP32)
                .build();
    }

    private static List<Situation> situations() {
        List<Situation> all = new ArrayList<>();
        for (Task task : EmbeddedPair.training(TASKS, 3)) {
            for (int sample = 0; sample < SAMPLES; sample++) {
                all.add(Situation.of(task, sample));
            }
        }
        return all;
    }

    private Outcome outcome(String kernels, List<Rollout> rollouts, List<Advice> written, Sampling sampling) {
        Optional<ValueFunction> critic = algorithm.usesCritic() ? Optional.of(new ConstantValues()) : Optional.empty();
        try (TransformerTeacher teacher = teacher(kernels)) {
            Map<String, Double> metrics = algorithm
                    .update(teacher, critic, new Batch(rollouts, sampling, STEP, new Seed(1)), algorithm.start())
                    .metrics();
            return new Outcome(metrics, teacher.read(written, sampling.temperature()));
        }
    }

    /** A critic that expects the same of every token and learns nothing, so that no ND4J backend is needed. */
    private static final class ConstantValues implements ValueFunction {
        @Override
        public List<double[]> values(List<float[][]> states) {
            List<double[]> values = new ArrayList<>();
            for (float[][] state : states) {
                double[] row = new double[state.length];
                Arrays.fill(row, 0.5);
                values.add(row);
            }
            return values;
        }

        @Override
        public double update(List<float[][]> states, Objective objective) {
            return 0;
        }

        @Override
        public void saveState(Path directory) {
            throw new UnsupportedOperationException("a check saves nothing");
        }

        @Override
        public void restoreState(Path directory) {
            throw new UnsupportedOperationException("a check restores nothing");
        }

        @Override
        public void close() {}
    }
}
