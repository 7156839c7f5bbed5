package dev.wst.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.calls.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every reward must do that judges attempts one by one. */
public abstract class RewardFunctionContract {

    /** The reward. */
    protected abstract RewardFunction reward();

    /** A task that it can judge. */
    protected abstract Task task();

    /** An answer to it that is worth more than {@link #worse()}. */
    protected abstract String better();

    /** An answer to it that is worth less than {@link #better()}. */
    protected abstract String worse();

    private Attempt attempt(String answer) {
        return Attempt.of(task(), Instruction.fixed("Work it out."), Answer.of(answer));
    }

    @Test
    void it_takes_the_task_and_tells_better_from_worse() {
        reward().check(task());
        Reward better = reward().score(attempt(better()));
        Reward worse = reward().score(attempt(worse()));
        assertThat(better.isScored()).as("%s", better).isTrue();
        assertThat(worse.isScored()).as("%s", worse).isTrue();
        assertThat(better.value()).isGreaterThan(worse.value());
    }

    @Test
    void a_batch_gets_the_same_rewards_in_order() {
        List<Attempt> batch = List.of(attempt(worse()), attempt(better()), attempt(worse()));
        assertThat(Verdicts.of(reward(), batch).join())
                .containsExactly(
                        reward().score(batch.get(0)), reward().score(batch.get(1)), reward().score(batch.get(2)));
    }

    @Test
    void an_answer_of_nothing_but_blanks_is_not_worth_more_than_a_good_one() {
        Reward blank = reward().score(attempt(" \n "));
        assertThat(!blank.isScored()
                        || blank.value() <= reward().score(attempt(better())).value())
                .isTrue();
    }
}
