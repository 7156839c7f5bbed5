package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Task;
import dev.wst.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestValidationTest {
    private static final int TASKS = 100;
    private final List<Validation> all = new ArrayList<>();
    private final BestValidation best = new BestValidation(all);

    private void validated(double reward, int scored) {
        all.add(new Validation(
                all.size(),
                IntStream.range(0, TASKS)
                        .mapToObj(i -> new Rollout(
                                Attempt.of(Task.of("t" + i, "q"), Instruction.fixed("go"), Answer.of("a")),
                                i < scored ? Reward.of(reward) : Reward.unscored("no answer")))
                        .toList()));
    }

    @Test
    void a_later_one_must_be_better_not_as_good() {
        validated(0.5, TASKS);
        assertThat(best.isLast()).isTrue();
        validated(0.5, TASKS);
        assertThat(best.isLast()).isFalse();
        assertThat(best.isOver(OptionalInt.of(2))).isFalse();
        validated(0.4, TASKS);
        assertThat(best.isOver(OptionalInt.of(2))).isTrue();
    }

    @Test
    void one_on_few_tasks_is_neither_the_best_nor_one_that_was_no_better() {
        validated(0.5, TASKS);
        validated(1, 3);
        assertThat(best.isLast()).isFalse();
        validated(0.7, TASKS - 20);
        assertThat(best.isLast()).isTrue();
        validated(0.8, TASKS);
        assertThat(best.isLast()).isTrue();
        validated(0.1, 0);
        validated(0.1, 3);
        assertThat(best.isLast()).isFalse();
        assertThat(best.isOver(OptionalInt.of(1))).isFalse();
    }

    @Test
    void one_on_few_tasks_is_the_best_until_there_is_another() {
        validated(1, 3);
        assertThat(best.isLast()).isTrue();
        validated(0.2, TASKS);
        assertThat(best.isLast()).isTrue();
    }
}
