package dev.wst.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.UnavailableException;
import dev.wst.WstException;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenCountTest {
    private static final List<Task> TASKS =
            IntStream.range(0, 4).mapToObj(i -> Task.of("t" + i, "q" + i)).toList();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Attempt> judged = new ArrayList<>();

    private final StudentClient student = advice -> {
        asked.add(advice.task().id() + ": " + advice.instruction().text());
        return taking("an answer", 10, 3);
    };

    private final Examiner examiner = new Examiner(new StudentCalls(student, CallLimits.defaults()), attempt -> {
        judged.add(attempt);
        return Reward.of(1);
    });

    private static Answer taking(String text, int read, int written) {
        return Answer.of(text, Answer.Finish.STOP, OptionalInt.of(read), OptionalInt.of(written));
    }

    /** No instruction comes for the second question. */
    private static List<Answer> write(List<Situation> situations) {
        return situations.stream()
                .map(situation -> situation.task().id().equals("t1")
                        ? Answer.failed(Answer.FailureKind.TIMEOUT, "late")
                        : taking(" do " + situation.task().prompt() + "\n", 100, 7))
                .toList();
    }

    private Comparison compared() {
        return Comparison.run(
                TASKS,
                examiner,
                List.of(Comparison.Arm.none("alone"), Comparison.Arm.model("model", TokenCountTest::write)));
    }

    @Test
    void an_instruction_that_did_not_arrive_is_no_wrong_answer() {
        Comparison.Result result = compared().result("model");
        assertThat(result.rollouts().get(1).reward())
                .isEqualTo(Reward.unavailable("no answer: TIMEOUT: no instruction: late"));
        assertThat(result.unscored()).isEqualTo(1);
        // A first question, four alone, and three of four told something.
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "t0: ", "t0: ", "t1: ", "t2: ", "t3: ", "t0: do q0", "t2: do q2", "t3: do q3");
        assertThat(judged).hasSize(7);
        assertThat(result.rollouts())
                .extracting(rollout -> rollout.attempt().task())
                .isEqualTo(TASKS);
        assertThat(result.rollouts().get(2).attempt().instruction()).isEqualTo(Instruction.fixed("do q2"));
    }

    @Test
    void calls_of_the_student_and_of_the_model_that_instructs_are_counted_apart() {
        Comparison.Result result = compared().result("model");
        assertThat(result.studentTokens()).isEqualTo(new TokenCount(3, 30, 9, 0));
        assertThat(result.instructorTokens()).isEqualTo(new TokenCount(4, 300, 21, 1));
        assertThat(compared().result("alone").instructorTokens()).isEqualTo(TokenCount.NONE);
    }

    @Test
    void what_a_model_did_not_report_is_unknown_and_not_nothing() {
        assertThat(TokenCount.of(List.of(taking("a", 1000, 20), Answer.of("b"))))
                .hasToString("2 calls, 1,000 tokens read and 20 written, without those of 1 calls, which are unknown");
        assertThat(TokenCount.of(List.of(Answer.of("b")))).hasToString("1 call, tokens unknown");
        assertThat(TokenCount.of(List.of(taking("a", 1000, 20))))
                .hasToString("1 call, 1,000 tokens read and 20 written");
        assertThat(TokenCount.NONE).hasToString("no calls");
        Answer half = Answer.of("a", Answer.Finish.STOP, OptionalInt.of(5), OptionalInt.empty());
        assertThat(TokenCount.of(List.of(half))).isEqualTo(new TokenCount(1, 5, 0, 1));
    }

    @Test
    void an_arm_that_is_asked_for_its_instructions_alone_must_have_them_all() {
        Comparison.Arm arm = Comparison.Arm.model("model", TokenCountTest::write);
        List<Situation> some = List.of(Situation.of(TASKS.get(0), 0), Situation.of(TASKS.get(1), 0));
        assertThat(arm.instruct().apply(some.subList(0, 1)).get(0).instruction().text())
                .isEqualTo("do q0");
        assertThatThrownBy(() -> arm.instruct().apply(some))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("an instruction of model did not arrive: TIMEOUT: late");
    }

    @Test
    void a_model_gives_one_answer_for_each_situation() {
        Comparison.Arm silent = Comparison.Arm.model("silent", situations -> List.of());
        assertThatThrownBy(() -> Comparison.run(TASKS, examiner, List.of(silent)))
                .isInstanceOf(WstException.class)
                .hasMessage(
                        "the model that instructs gave 0 answers for 4 situations; it must give one for each, in order");
        assertThatThrownBy(() ->
                        new Comparison.Result("a", compared().result("alone").rollouts(), List.of(Answer.of("one"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "arm a has 4 questions and 1 replies of the model that instructs; it should have as many, or none");
    }
}
