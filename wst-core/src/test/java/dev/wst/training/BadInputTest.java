package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.WstException;
import dev.wst.calls.CallLimits;
import dev.wst.engine.model.PromptTooLongException;
import dev.wst.engine.model.TinyModel;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run makes of parts that do not keep their contract: it says which, teaches nothing and leaves nothing by halves. */
class BadInputTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path directory;

    private final Fixtures.TableTeacher teacher = new Fixtures.TableTeacher();

    private Path run() {
        return directory.resolve("run");
    }

    private WstTrainerBuilder trainer() {
        return Fixtures.trainer(teacher, run())
                .student(advice -> Answer.of("right"))
                .reward(attempt -> Reward.of(1))
                .steps(2);
    }

    private void assertNothingLearned() {
        assertThat(teacher.logits).isDeepEqualTo(new double[2][4]);
        assertThat(run().resolve("adapter")).doesNotExist();
        assertThat(run().resolve("metrics.jsonl")).isEmptyFile();
    }

    private static RewardFunction answering(UnaryOperator<List<Reward>> change) {
        return new RewardFunction() {
            @Override
            public Reward score(Attempt attempt) {
                return Reward.of(1);
            }

            @Override
            public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
                return CompletableFuture.completedFuture(
                        change.apply(attempts.stream().map(this::score).toList()));
            }
        };
    }

    @SuppressWarnings("NullAway")
    static Stream<Arguments> brokenRewards() {
        RewardFunction throwing = attempt -> {
            throw new ArithmeticException();
        };
        RewardFunction late = RewardFunction.async(attempt -> CompletableFuture.supplyAsync(() -> {
            throw new ArithmeticException();
        }));
        RewardFunction nothing = attempt -> null;
        return Stream.of(
                Arguments.of(throwing, "failed on task t\\d, sample 0: java.lang.ArithmeticException"),
                Arguments.of(late, "failed on task t\\d, sample 0: java.lang.ArithmeticException"),
                Arguments.of(
                        (RewardFunction) attempt -> Reward.of(Double.NaN),
                        "failed on task t\\d, sample 0: java.lang.IllegalArgumentException: the reward is NaN; return"
                                + " Reward.unscored\\(reason\\) where no number can be given"),
                Arguments.of(
                        nothing,
                        "returned null for task t\\d, sample 0; return Reward.unscored\\(reason\\) where there is no"
                                + " verdict"),
                Arguments.of(
                        answering(rewards -> rewards.subList(0, 5)),
                        "was asked about 16 attempts, from task t\\d on, and answered 5; scoreAll must give a reward for"
                                + " each, in order"));
    }

    @ParameterizedTest
    @MethodSource("brokenRewards")
    void a_broken_reward_is_told_with_its_cause_and_teaches_nothing(RewardFunction reward, String message)
            throws IOException {
        assertThatThrownBy(() -> trainer().reward(reward).build().fit())
                .isInstanceOf(RewardException.class)
                .hasMessageMatching("the reward function " + message);
        assertNothingLearned();
        List<String> rollouts = Files.readAllLines(run().resolve("rollouts.jsonl"));
        assertThat(rollouts).hasSize(16).allSatisfy(line -> {
            JsonNode rollout = MAPPER.readTree(line);
            assertThat(rollout.path("unscored").asText()).startsWith("not judged: dev.wst.RewardException: ");
            assertThat(rollout.has("reward")).isFalse();
        });
        JsonNode report = MAPPER.readTree(run().resolve("report.json").toFile());
        assertThat(report.at("/error/type").asText()).isEqualTo(RewardException.class.getName());
        assertThat(report.at("/error/message").asText()).matches("the reward function " + message);
        assertThat(report.at("/error/during").asText()).isEqualTo("step 1");
    }

    @Test
    @SuppressWarnings("NullAway")
    void every_way_in_which_a_student_can_fail_is_counted_and_none_is_scored() throws IOException {
        AtomicInteger judged = new AtomicInteger();
        StepMetrics step = trainer()
                .student(advice -> switch (advice.task().id()) {
                    case "t0" -> throw new IllegalStateException("the line is down");
                    case "t1" -> null;
                    case "t2" -> Answer.of(" \n");
                    case "t3" -> new CompletableFuture<Answer>().join();
                    default -> Answer.of("right");
                })
                .reward(attempt -> Reward.of(judged.incrementAndGet() % 2))
                .studentCalls(new CallLimits(10, Duration.ofMillis(300), 0))
                .batch(10)
                .steps(1)
                .build()
                .fit()
                .steps()
                .get(0);
        assertThat(step.value("rollouts/failed_answers")).isEqualTo(16);
        assertThat(step.value("rollouts/unscored")).isEqualTo(16);
        assertThat(step.value("reward")).isEqualTo(0.5);
        assertThat(judged).hasValue(24);
        List<String> failures = new ArrayList<>();
        for (String line : Files.readAllLines(run().resolve("rollouts.jsonl"))) {
            JsonNode rollout = MAPPER.readTree(line);
            if (!rollout.at("/turns/0/failure").isMissingNode()) {
                failures.add(rollout.path("task").asText() + " "
                        + rollout.at("/turns/0/failure").asText());
            }
        }
        assertThat(failures)
                .hasSize(16)
                .containsOnly(
                        "t0 ERROR: java.lang.IllegalStateException: the line is down",
                        "t1 EMPTY: the student returned null",
                        "t2 EMPTY: the student answered with a blank text",
                        "t3 TIMEOUT: no answer within PT0.3S");
    }

    /** A teacher whose writings are changed. */
    private TeacherPolicy writing(UnaryOperator<List<Advice>> change) {
        return new Fixtures.Forwarding(teacher) {
            @Override
            public List<Advice> write(List<Situation> situations, Sampling sampling, Seed seed) {
                return change.apply(super.write(situations, sampling, seed));
            }
        };
    }

    private void assertRefusedBeforeTheStudentIsAsked(TeacherPolicy broken, String message) {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> trainer()
                        .teacher(broken)
                        .student(advice -> {
                            asked.incrementAndGet();
                            return Answer.of("right");
                        })
                        .build()
                        .fit())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching(message);
        assertThat(asked).as("the first question").hasValue(1);
        assertNothingLearned();
        assertThat(run().resolve("rollouts.jsonl")).isEmptyFile();
    }

    @Test
    void an_instruction_without_tokens_is_refused() {
        assertRefusedBeforeTheStudentIsAsked(
                writing(written -> {
                    List<Advice> changed = new ArrayList<>(written);
                    changed.set(5, new Advice(written.get(5).situation(), Instruction.fixed("word1")));
                    return changed;
                }),
                "step 1: the instruction that the teacher wrote for task t\\d, sample 1, has no tokens; write must give"
                        + " sampled ones, since nothing else can be trained on");
    }

    @Test
    void a_teacher_that_writes_too_few_instructions_or_in_another_order_is_refused() {
        assertRefusedBeforeTheStudentIsAsked(
                writing(written -> written.subList(0, 3)),
                "step 1: the teacher was given 16 situations and wrote 3 instructions; write must give one for each,"
                        + " in order");
    }

    @Test
    void a_prompt_longer_than_the_context_leaves_no_run_directory() throws IOException {
        Path model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
        AtomicInteger asked = new AtomicInteger();
        try (TransformerTeacher real = TransformerTeacher.builder(model)
                .prompt(TeacherPrompt.bare("{question}"))
                .build()) {
            WstTrainerBuilder trainer = trainer()
                    .teacher(real)
                    .student(advice -> {
                        asked.incrementAndGet();
                        return Answer.of("right");
                    })
                    .batch(1)
                    .sampling(Sampling.defaults().withMaxTokens(6));
            List<Task> tasks = List.of(Task.of("short", "w5 w6"), Task.of("long", "w5 ".repeat(123)));
            assertThatThrownBy(() -> trainer.tasks(tasks).build().fit())
                    .isInstanceOf(PromptTooLongException.class)
                    .isInstanceOf(WstException.class)
                    .hasMessage("the teacher's prompt for task long has 123 tokens; with 6 to be written it exceeds the"
                            + " context of 128 of " + model + "; shorten it or let fewer tokens be written");
        }
        assertThat(run()).doesNotExist();
        assertThat(asked).hasValue(0);
    }
}
