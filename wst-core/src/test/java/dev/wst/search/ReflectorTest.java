package dev.wst.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.search.Reflector.Reflection;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReflectorTest {
    private static final Task TASK = Task.of("t", "What is 6 times 7?", "42 of all things");
    private static final Reflection REFLECTION = new Reflection(
            "Guess.",
            List.of(new Rollout(Attempt.of(TASK, Instruction.fixed("Guess."), Answer.of(" 41 ")), Reward.of(0.25))),
            3,
            new Seed(17));

    @Test
    void a_model_sees_instruction_question_answer_and_reward_and_no_reference() {
        List<String> asked = new ArrayList<>();
        Reflector reflector = Reflector.asking((text, number) -> {
            asked.add(number + ": " + text);
            return Answer.of(" Work it out. \n");
        });
        assertThat(reflector.propose(REFLECTION)).contains("Work it out.");
        assertThat(asked.get(0).replace("\r", ""))
                .startsWith("3: ")
                .contains("At present that is:\n\nGuess.\n")
                .contains("\nQuestion:\nWhat is 6 times 7?\nAnswer:\n41\nReward: 0.25\n")
                .doesNotContain("42 of all things");
    }

    @Test
    void a_fenced_reply_is_what_stands_in_the_fence() {
        assertThat(Reflector.asking((text, number) -> Answer.of("It guesses.\n```\nWork it\nout.\n```\nThat is all."))
                        .propose(REFLECTION))
                .contains("Work it\nout.");
        assertThat(Reflector.asking((text, number) -> Answer.of("```text\nFirst.\n```\n```\nSecond.\n```"))
                        .propose(REFLECTION))
                .contains("Second.");
    }

    @Test
    void a_call_that_failed_brings_no_instruction() {
        assertThat(Reflector.asking((text, number) -> Answer.failed(Answer.FailureKind.TIMEOUT, "late"))
                        .propose(REFLECTION))
                .isEmpty();
    }

    @Test
    void a_teachers_sample_stands_in_for_reflection() {
        List<Object> given = new ArrayList<>();
        TeacherPolicy policy = (TeacherPolicy) Proxy.newProxyInstance(
                TeacherPolicy.class.getClassLoader(), new Class<?>[] {TeacherPolicy.class}, (proxy, method, args) -> {
                    given.addAll(List.of(args));
                    return List.of(Advice.of(TASK, Instruction.fixed(" Add. ")));
                });
        assertThat(Reflector.sampling(policy, Sampling.defaults()).propose(REFLECTION))
                .contains("Add.");
        assertThat(given).containsExactly(List.of(Situation.of(TASK, 3)), Sampling.defaults(), new Seed(17));
    }

    @Test
    void there_is_nothing_to_reflect_on_without_a_rollout() {
        assertThatThrownBy(() -> new Reflection("a", List.of(), 0, new Seed(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is nothing to reflect on without a rollout");
    }
}
