package dev.wst.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Reward;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.examples.pair.WordyStudent;
import dev.wst.rewards.junit.TaughtScore;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs test classes of an app, below, as its build would, and reads what they fail with. Their extensions are measured anew for each
 * test, as they are no static fields.
 */
@Timeout(120)
class TaughtScoreTest {
    private static final Path TRAINED = Path.of("src/test/resources/taught-score/adapter");
    private static final Path DIRECTORY = Path.of("target/taught-score");
    private static final Path ANSWERS = DIRECTORY.resolve("answers.sqlite");
    private static final Path UNTRAINED = DIRECTORY.resolve("untrained");
    private static final List<Task> TASKS = EmbeddedPair.heldOut(20, 7);

    /** Fails the build if it is asked. */
    private static final StudentClient AWAY = new StudentClient() {
        @Override
        public Answer answer(Advice advice) {
            throw new AssertionError("nobody may be asked");
        }
    };

    private static TaughtScore.Builder score(Path adapter, StudentClient student) {
        return TaughtScore.of(EmbeddedPair.teacherFiles(), adapter)
                .tasks(TASKS)
                .student(student)
                .reward(EmbeddedPair.reward())
                .answers(ANSWERS);
    }

    /** Passes. */
    static final class Helps {
        @RegisterExtension
        final TaughtScore score = score(TRAINED, new WordyStudent())
                .atLeast(0.6)
                .betterThanAlone()
                .build();

        @Test
        void helps(TaughtScore.Result result) {
            assertThat(result.taught().mean()).isGreaterThan(result.alone().mean());
        }
    }

    /** Passes by the answers that {@link Helps} recorded. */
    static final class HelpsOffline {
        @RegisterExtension
        final TaughtScore score =
                score(TRAINED, AWAY).atLeast(0.6).betterThanAlone().build();

        @Test
        void helps(TaughtScore.Result result) {
            assertThat(result.comparison().results()).hasSize(2);
        }
    }

    /** Its test asks for nothing. */
    static final class Untrained {
        @RegisterExtension
        final TaughtScore score =
                score(UNTRAINED, new WordyStudent()).atLeast(0.6).build();

        @Test
        void something_else() {}
    }

    /** The student does not heed what it is told. */
    static final class NoBetter {
        @RegisterExtension
        final TaughtScore score = score(TRAINED, advice -> Answer.of("answer: 7"))
                .betterThanAlone()
                .harmAtMost(0.02)
                .build();

        @Test
        void helps(TaughtScore.Result result) {}
    }

    /** Has one question more than were recorded. */
    static final class OneMore {
        @RegisterExtension
        final TaughtScore score = score(TRAINED, AWAY)
                .tasks(Stream.concat(TASKS.stream(), Stream.of(Task.of("new", "Add the numbers:\n1 2 3 4", "10")))
                        .toList())
                .atLeast(0.6)
                .build();

        @Test
        void helps(TaughtScore.Result result) {}
    }

    /** Its adapter was not checked out. */
    static final class NoAdapter {
        @RegisterExtension
        final TaughtScore score =
                score(DIRECTORY.resolve("nowhere"), AWAY).atLeast(0.6).build();

        @Test
        void helps(TaughtScore.Result result) {}
    }

    /** Its reward cannot judge two of the questions. */
    static final class Unjudged {
        @RegisterExtension
        final TaughtScore score = score(TRAINED, new WordyStudent())
                .reward(attempt -> TASKS.indexOf(attempt.task()) < 2 ? Reward.unscored("too odd") : Reward.of(1))
                .atLeast(0.6)
                .build();

        @Test
        void helps(TaughtScore.Result result) {}
    }

    @BeforeEach
    void clean() throws IOException {
        Files.createDirectories(DIRECTORY);
        for (String left : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(ANSWERS.resolveSibling(ANSWERS.getFileName() + left));
        }
    }

    private static TestExecutionSummary run(Class<?> test) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(test))
                        .build(),
                listener);
        assertThat(listener.getSummary().getTestsFoundCount()).isOne();
        return listener.getSummary();
    }

    private static TestExecutionSummary recorded(Class<?> test) {
        System.setProperty(TaughtScore.RECORD, "true");
        try {
            return run(test);
        } finally {
            System.clearProperty(TaughtScore.RECORD);
        }
    }

    private static String failure(TestExecutionSummary summary) {
        assertThat(summary.getTestsFailedCount()).isOne();
        return Objects.requireNonNull(
                summary.getFailures().get(0).getException().getMessage());
    }

    private static final String HOW_TO_RECORD =
            "to record what is missing, run this test once with -Dwst.record=true where the student can be asked, and keep the"
                    + " file with the tests";

    @Test
    void what_was_recorded_once_passes_without_a_call_and_stays_as_it_is() throws IOException {
        assertThat(recorded(Helps.class).getTestsSucceededCount()).isOne();
        byte[] file = Files.readAllBytes(ANSWERS);
        assertThat(run(HelpsOffline.class).getFailures()).isEmpty();
        assertThat(Files.readAllBytes(ANSWERS)).isEqualTo(file);
        try (Stream<Path> beside = Files.list(DIRECTORY)) {
            assertThat(beside.filter(one -> one.getFileName().toString().startsWith("answers")))
                    .containsExactly(ANSWERS);
        }
    }

    @Test
    void a_worse_teacher_fails_every_test_of_the_class() {
        if (!Files.exists(UNTRAINED)) {
            try (TransformerTeacher untrained = EmbeddedPair.teacher(1)) {
                untrained.save(UNTRAINED);
            }
        }
        assertThat(failure(recorded(Untrained.class)))
                .matches("(?s)the teacher in target.taught-score.untrained should help more, by the answers in"
                        + " target.taught-score.answers.sqlite:\n"
                        + "  the taught score is 0\\.\\d+ \\[.*] on 20 questions, and should be at least 0.6");
    }

    @Test
    void a_teacher_that_is_no_better_than_none_fails_with_both_scores() {
        assertThat(failure(recorded(NoBetter.class)))
                .contains(
                        "the taught score 0.000 less that of the student alone 0.000 is 0.000 [-0.161, 0.161] on 20 questions,"
                                + " and the lower end should be above 0")
                .contains(
                        "the share of questions that are answered worse for being taught is 0.000 [0.000, 0.161] on 20"
                                + " questions, and the upper end should be at most 0.02");
    }

    @Test
    void a_missing_answer_fails_with_its_question_and_how_to_record_it() {
        assertThat(recorded(Helps.class).getTestsSucceededCount()).isOne();
        assertThat(failure(run(OneMore.class)))
                .startsWith(
                        "the answers to 2 of 42 questions are not kept, and nothing may be asked: the first is task new,"
                                + " sample 0 (\"Add the numbers: 1 2 3 4\"), with the instruction \"\"")
                .endsWith("\nThe answers are looked for in " + ANSWERS + "; " + HOW_TO_RECORD);
    }

    @Test
    void a_missing_file_fails_and_is_not_made() {
        assertThat(failure(run(HelpsOffline.class)))
                .isEqualTo("there is no file of recorded answers at " + ANSWERS + "; " + HOW_TO_RECORD);
        assertThat(ANSWERS).doesNotExist();
    }

    @Test
    void a_missing_adapter_fails_with_its_place() {
        assertThat(recorded(Helps.class).getTestsSucceededCount()).isOne();
        assertThat(failure(run(NoAdapter.class)))
                .contains(DIRECTORY.resolve("nowhere").toString());
    }

    @Test
    void questions_without_a_verdict_are_not_passed_over() {
        assertThat(failure(recorded(Unjudged.class)))
                .isEqualTo(
                        "2 of 20 questions have no verdict, alone, so they cannot tell whether the teacher helps: most often (2"
                                + " times): too odd; record again where answers failed, and leave out questions that the reward cannot"
                                + " judge");
    }

    @Test
    void what_would_test_nothing_is_refused() {
        assertThatThrownBy(() -> score(TRAINED, AWAY).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "a taught score needs a condition, such as atLeast(double) or betterThanAlone(), which was not given");
        assertThatThrownBy(() -> TaughtScore.of(TRAINED, TRAINED).atLeast(1).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a taught score needs tasks(Path), which was not given");
        assertThatThrownBy(() -> TaughtScore.of(TRAINED, TRAINED).tasks(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a score needs at least one question, got none");
    }
}
