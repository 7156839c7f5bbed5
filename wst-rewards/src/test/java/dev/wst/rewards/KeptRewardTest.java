package dev.wst.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.answers.AnswerStore;
import dev.wst.calls.Accounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRewardTest {
    @TempDir
    Path directory;

    private final List<String> judged = new ArrayList<>();
    private AnswerStore store;

    @BeforeEach
    void open() {
        store = AnswerStore.open(directory.resolve("answers.sqlite"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private RewardFunction counting(Reward verdict) {
        return attempt -> {
            judged.add(attempt.answer().text());
            return verdict;
        };
    }

    private static Attempt attempt(String instruction, Answer answer) {
        return Attempt.of(Task.of("t", "How much is 1 + 1?", "2"), Instruction.fixed(instruction), answer);
    }

    private static Attempt attempt(String answer) {
        return attempt("Count.", Answer.of(answer));
    }

    private static List<Reward> all(RewardFunction reward, Attempt... attempts) {
        return reward.scoreAll(List.of(attempts)).toCompletableFuture().join();
    }

    @Test
    void what_was_judged_is_not_judged_again_and_comes_back_to_the_last_bit() {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("z", 0.1 + 0.2);
        parts.put("a", -0.0);
        Reward verdict = Reward.of(Math.nextUp(1 / 3.0), parts);
        KeptReward first = KeptReward.of("grader 1", counting(verdict)).keptIn(store);
        assertThat(all(first, attempt("2"), attempt("3"), attempt("2"))).containsExactly(verdict, verdict, verdict);
        assertThat(judged).containsExactly("2", "3");
        KeptReward second = KeptReward.of("grader 1", counting(Reward.of(9)))
                .with(Accounts.none().withAnswers(store));
        assertThat(all(second, attempt("3"), attempt("4"))).containsExactly(verdict, Reward.of(9));
        assertThat(second.score(attempt("2"))).isEqualTo(verdict);
        assertThat(new ArrayList<>(second.score(attempt("2")).parts().keySet())).containsExactly("a", "z");
        assertThat(judged).containsExactly("2", "3", "4");
    }

    @Test
    void another_name_instruction_task_or_answer_is_judged() {
        KeptReward reward = KeptReward.of("grader 1", counting(Reward.of(1))).keptIn(store);
        reward.score(attempt("2"));
        KeptReward.of("grader 2", counting(Reward.of(1))).keptIn(store).score(attempt("2"));
        reward.score(attempt("Think.", Answer.of("2")));
        reward.score(attempt("Count.", Answer.of("2", Answer.Finish.LENGTH, OptionalInt.empty(), OptionalInt.of(7))));
        reward.score(Attempt.of(Task.of("t", "How much is 1 + 1?", "3"), Instruction.fixed("Count."), Answer.of("2")));
        assertThat(judged).hasSize(5);
    }

    @Test
    void no_verdict_is_asked_for_again() {
        KeptReward reward =
                KeptReward.of("grader 1", counting(Reward.unavailable("away"))).keptIn(store);
        reward.score(attempt("2"));
        assertThat(reward.score(attempt("2"))).isEqualTo(Reward.unavailable("away"));
        assertThat(judged).hasSize(2);
    }

    @Test
    void without_a_store_it_is_the_reward_and_its_fault_is_thrown_as_it_was() {
        KeptReward bare = KeptReward.of("grader 1", counting(Reward.of(1)));
        bare.score(attempt("2"));
        bare.with(Accounts.none()).score(attempt("2"));
        assertThat(judged).hasSize(2);
        KeptReward broken = KeptReward.of("grader 1", attempt -> {
                    throw new IllegalStateException("out of paper");
                })
                .keptIn(store);
        assertThatThrownBy(() -> broken.score(attempt("2"))).hasMessageContaining("out of paper");
        assertThatThrownBy(() -> KeptReward.of(" ", counting(Reward.of(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("verdicts are kept under the name of their reward, got a blank one");
    }
}
