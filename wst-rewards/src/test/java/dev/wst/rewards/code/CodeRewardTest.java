package dev.wst.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.Task;
import dev.wst.rewards.code.CodeVerdict.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CodeRewardTest {
    private static final CodeTask TWICE = new CodeTask("twice", "import math", "", "assert twice(4) == 8");

    private static Attempt attempt(String answer, Map<String, String> attributes) {
        return Attempt.of(
                new Task("t1", "Write twice(n).", Optional.empty(), attributes), Instruction.none(), Answer.of(answer));
    }

    private static Reward score(CodeExecutor executor, String answer) {
        return CodeReward.of(executor).score(attempt(answer, TWICE.attributes()));
    }

    @Test
    void a_program_that_passes_earns_one() {
        Reward reward = score(submission -> new CodeVerdict(Outcome.PASSED, 1, 1, ""), "def twice(n): return 2 * n");
        assertThat(reward.value()).isEqualTo(1);
        assertThat(reward.parts()).containsEntry("code_passed", 1.0).containsEntry("code_checks", 1.0);
    }

    @Test
    void part_of_the_checks_earns_nothing_and_is_logged() {
        Reward reward = score(submission -> new CodeVerdict(Outcome.WRONG, 3, 4, "x"), "def twice(n): return 8");
        assertThat(reward.value()).isZero();
        assertThat(reward.parts())
                .containsEntry("code_checks", 0.75)
                .containsEntry("code_wrong", 1.0)
                .containsEntry("code_passed", 0.0)
                .containsEntry("code_died", 0.0);
    }

    @Test
    void a_program_that_could_not_be_run_is_unscored() {
        Reward reward = score(submission -> CodeVerdict.notRun("no room"), "def twice(n): return 8");
        assertThat(reward.isScored()).isFalse();
        assertThat(reward.reason()).contains("t1").contains("no room");
    }

    @Test
    void the_executor_gets_the_prefix_and_the_code_of_the_answer() {
        List<Submission> seen = new ArrayList<>();
        CodeExecutor executor = submission -> {
            seen.add(submission);
            return new CodeVerdict(Outcome.PASSED, 1, 1, "");
        };
        score(executor, "Here:\n```python\ndef twice(n):\n    return 2 * n\n```\nDone.");
        assertThat(seen)
                .containsExactly(new Submission(
                        "import math\ndef twice(n):\n    return 2 * n\n", "twice", "", "assert twice(4) == 8"));
    }

    @Test
    void a_task_without_tests_is_named() {
        CodeReward reward = CodeReward.of(submission -> CodeVerdict.notRun("never asked"));
        assertThatThrownBy(() -> reward.score(attempt("x", Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task t1 has no attribute code_entry_point");
        assertThatThrownBy(() -> reward.scoreAll(List.of(attempt("x", Map.of())))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(RewardException.class);
    }

    @Test
    void a_batch_keeps_its_order_on_threads() {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Attempt> batch = List.of(
                    attempt("1", TWICE.attributes()),
                    attempt("2", TWICE.attributes()),
                    attempt("3", TWICE.attributes()));
            List<Thread> used = Collections.synchronizedList(new ArrayList<>());
            CodeReward reward = CodeReward.of(submission -> {
                        used.add(Thread.currentThread());
                        return submission.program().endsWith("2")
                                ? new CodeVerdict(Outcome.PASSED, 1, 1, "")
                                : new CodeVerdict(Outcome.WRONG, 0, 1, "");
                    })
                    .on(threads);
            List<Reward> rewards = reward.scoreAll(batch).toCompletableFuture().join();
            assertThat(rewards).extracting(Reward::value).containsExactly(0.0, 1.0, 0.0);
            assertThat(used).hasSize(3).doesNotContain(Thread.currentThread());
        } finally {
            threads.shutdownNow();
        }
    }
}
