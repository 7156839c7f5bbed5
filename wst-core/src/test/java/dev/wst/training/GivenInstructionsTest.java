package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.InvalidInputException;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.calls.Verdicts;
import dev.wst.metrics.RecordedRollout;
import dev.wst.metrics.RunReader;
import dev.wst.rl.Ppo;
import dev.wst.rl.WarmStart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warm start that begins with what people wrote. */
class GivenInstructionsTest {
    private static final String LONG = "longer than allowed";
    private static final Sampling ALL_BUT_THE_LAST =
            Sampling.defaults().withTopK(3).withTemperature(0.5);

    @TempDir
    Path directory;

    /** Of its four words it hardly ever writes the last by itself. */
    private static final class Shy extends Fixtures.Forwarding {
        private final Fixtures.TableTeacher table;

        Shy(Fixtures.TableTeacher table) {
            super(table);
            this.table = table;
            for (double[] row : table.logits) {
                row[3] = -20;
            }
        }

        @Override
        public List<Advice> inOwnTokens(List<Advice> others, Sampling sampling) {
            return others.stream()
                    .map(other -> {
                        String text = other.instruction().text();
                        if (text.equals(LONG)) {
                            throw new InvalidInputException("too long");
                        }
                        int token = Integer.parseInt(text.substring(4));
                        Advice unscored = new Advice(other.situation(), sampled(text, token, 0));
                        double logProbability = table.read(List.of(unscored), sampling.temperature())
                                .get(0)
                                .scores()
                                .logProbabilities()[0];
                        return new Advice(other.situation(), sampled(text, token, logProbability));
                    })
                    .toList();
        }

        private static Instruction sampled(String text, int token, double logProbability) {
            return Instruction.sampled(text, new int[] {token}, new double[] {logProbability}, Instruction.Ending.STOP);
        }
    }

    private final Shy teacher = new Shy(new Fixtures.TableTeacher());

    private WstTrainerBuilder trainer() {
        return Fixtures.trainer(teacher, directory.resolve("run"))
                .student(advice -> Answer.of(advice.instruction().text()))
                .reward(attempt -> Reward.of(attempt.answer().text().equals("word3") ? 1 : 0))
                .sampling(ALL_BUT_THE_LAST)
                .steps(3);
    }

    private List<RecordedRollout> rollouts() throws IOException {
        return RunReader.open(directory.resolve("run")).rollouts();
    }

    @Test
    void what_the_teacher_would_not_have_tried_is_tried_and_imitated() throws IOException {
        trainer()
                .warmStart(WarmStart.of(2).withInstructions(List.of("word3")))
                .build()
                .fit();
        for (int step = 1; step <= 3; step++) {
            int now = step;
            List<Attempt> tried = rollouts().stream()
                    .filter(one -> one.step() == now)
                    .map(RecordedRollout::rollout)
                    .map(Rollout::attempt)
                    .toList();
            assertThat(tried).hasSize(16);
            assertThat(tried).filteredOn(one -> one.situation().sample() == 3).allSatisfy(one -> {
                if (now < 3) {
                    assertThat(one.instruction().text()).isEqualTo("word3");
                }
            });
        }
        assertThat(teacher.table.logits[0][3]).isGreaterThan(-19);
        assertThat(teacher.write(List.of(Situation.of(Fixtures.tasks(1).get(0), 0)), Sampling.greedy(1), new Seed(1))
                        .get(0)
                        .instruction()
                        .text())
                .isEqualTo("word3");
    }

    @Test
    void without_it_the_teacher_never_gets_there() throws IOException {
        trainer().warmStart(WarmStart.of(2)).build().fit();
        assertThat(rollouts())
                .extracting(one -> one.rollout().attempt().instruction().text())
                .doesNotContain("word3");
    }

    private StepWriters writers(String... given) {
        Verdicts verdicts = new Verdicts(attempt -> Reward.of(0), Duration.ZERO, pause -> {});
        RolloutStage stage =
                new RolloutStage(teacher, verdicts, Duration.ZERO, new RunRecord(List.of(), Optional.empty()));
        return new StepWriters(stage, WarmStart.of(2).withInstructions(List.of(given)), Sampling.defaults(), 4);
    }

    private static List<Situation> situations(int tasks) {
        return Fixtures.tasks(tasks).stream()
                .flatMap(task -> IntStream.range(0, 4).mapToObj(sample -> Situation.of(task, sample)))
                .toList();
    }

    private static List<Rollout> rewarded(List<Advice> advice, double good, double other) {
        return advice.stream()
                .map(one -> new Rollout(
                        one.answered(Answer.of("answer")),
                        Reward.of(one.instruction().text().equals("word3") ? good : other)))
                .toList();
    }

    @Test
    void at_most_half_of_a_tasks_samples_are_given_and_no_two_alike() {
        List<Advice> written = writers("word3", "word2", "word1").write(situations(8), 1, new Seed(1));
        assertThat(written).extracting(Advice::situation).isEqualTo(situations(8));
        Seed again = new Seed(1);
        assertThat(writers("word3", "word2", "word1").write(situations(8), 1, again))
                .isEqualTo(written);
        assertThat(IntStream.range(0, 8).mapToObj(task -> written.subList(4 * task + 2, 4 * task + 4)))
                .allSatisfy(last -> assertThat(last)
                        .extracting(one -> one.instruction().text())
                        .doesNotHaveDuplicates());
        assertThat(written)
                .filteredOn(one -> one.instruction().text().equals("word3"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.situation().sample()).isGreaterThanOrEqualTo(2));
    }

    @Test
    void what_is_shown_to_serve_worse_is_neither_imitated_nor_tried_again() {
        StepWriters writers = writers("word3", "word1");
        Seed seed = new Seed(1);
        List<Rollout> rollouts = rewarded(writers.write(situations(8), 1, seed), 1, 0);
        StepWriters.Lessons lessons = writers.after(rollouts, 1, seed);
        assertThat(lessons.again())
                .hasSize(16)
                .allSatisfy(
                        one -> assertThat(one.attempt().situation().sample()).isLessThan(2));
        assertThat(lessons.now()).hasSize(24).containsAll(lessons.again());
        assertThat(lessons.now())
                .filteredOn(one -> one.attempt().situation().sample() >= 2)
                .extracting(one -> one.attempt().instruction().text())
                .containsOnly("word3");
        assertThat(writers.write(situations(8), 2, new Seed(2)))
                .filteredOn(one -> one.situation().sample() == 3)
                .extracting(one -> one.instruction().text())
                .containsOnly("word3");
        List<Rollout> later = rewarded(writers.write(situations(8), 3, seed), 1, 0);
        assertThat(writers.after(later, 3, seed)).isEqualTo(new StepWriters.Lessons(later, later));
    }

    @Test
    void where_nothing_is_shown_all_are_imitated() {
        StepWriters writers = writers("word3", "word1");
        Seed seed = new Seed(1);
        List<Rollout> rollouts = rewarded(writers.write(situations(8), 1, seed), 0.5, 0.5);
        assertThat(writers.after(rollouts, 1, seed).now()).isEqualTo(rollouts);
    }

    @Test
    void what_does_not_fit_is_refused_before_anything_is_asked() {
        assertThatThrownBy(() -> trainer()
                        .warmStart(WarmStart.none().withInstructions(List.of("word3")))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the instructions of a warm start are tried in its steps, of which there are none: give it steps,"
                                + " or leave the instructions out");
        assertThatThrownBy(() -> trainer()
                        .warmStart(WarmStart.of(1).withInstructions(List.of(LONG)))
                        .build())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("too long");
        assertThatThrownBy(() -> Fixtures.trainer(new Fixtures.TableTeacher(), directory.resolve("other"))
                        .student(advice -> Answer.of("a"))
                        .reward(attempt -> Reward.of(1))
                        .warmStart(WarmStart.of(1).withInstructions(List.of("word3")))
                        .build())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("implement TeacherPolicy.inOwnTokens");
        assertThatThrownBy(() -> trainer()
                        .warmStart(WarmStart.of(1).withInstructions(List.of("word3")))
                        .refinement(Refinement.rounds(2))
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "with several rounds the last answer is judged, which does not tell what a first instruction is"
                                + " worth: leave the instructions of the warm start out, or give one round");
        assertThatThrownBy(() -> trainer()
                        .algorithm(Ppo.defaults())
                        .samples(1)
                        .warmStart(WarmStart.of(1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a warm start imitates the best of the samples of a task and needs at least 2, got 1: give more,"
                                + " or leave warmStart out");
    }
}
