package dev.wst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private final List<Attempt> shown = new ArrayList<>();

    /** A reward that notes what it is shown and answers a batch with what the function makes of its rollouts. */
    private RewardFunction answering(Function<List<Rollout>, List<Rollout>> batch) {
        return new RewardFunction() {
            @Override
            public Reward score(Attempt attempt) {
                return Reward.of(attempt.answer().text().length());
            }

            @Override
            public CompletionStage<List<Rollout>> scoreAll(List<Attempt> attempts) {
                shown.addAll(attempts);
                return CompletableFuture.completedFuture(batch.apply(
                        attempts.stream().map(a -> new Rollout(a, score(a))).toList()));
            }
        };
    }

    private static Attempt answered(String id, Answer answer) {
        return Attempt.at(Task.of(id, "q"), 0).with(new Turn(Instruction.fixed("i"), answer));
    }

    private static final List<Attempt> BATCH = List.of(
            answered("a", Answer.of("x")),
            answered("b", Answer.failed(Answer.FailureKind.TIMEOUT, "no answer within a second")),
            answered("c", Answer.of("yyy")));

    @Test
    void what_did_not_arrive_is_unscored_in_its_place_and_never_shown() {
        assertThat(answering(rollouts -> rollouts).verdicts(BATCH).join())
                .containsExactly(
                        Reward.of(1), Reward.unscored("no answer: TIMEOUT: no answer within a second"), Reward.of(3));
        assertThat(shown).containsExactly(BATCH.get(0), BATCH.get(2));
    }

    @Test
    void a_reward_is_not_asked_about_nothing() {
        RewardFunction broken = answering(rollouts -> {
            throw new IllegalStateException("asked");
        });
        assertThat(broken.verdicts(List.of()).join()).isEmpty();
        assertThat(broken.verdicts(BATCH.subList(1, 2)).join()).hasSize(1);
    }

    @Test
    void answers_for_others_are_refused() {
        RewardFunction reversed = answering(rollouts -> {
            List<Rollout> back = new ArrayList<>(rollouts);
            Collections.reverse(back);
            return back;
        });
        assertThatThrownBy(() -> reversed.verdicts(BATCH).join())
                .hasCauseInstanceOf(RewardException.class)
                .hasMessageContaining("in place 0: expected task a, sample 0, got task c, sample 0");
        assertThatThrownBy(() -> answering(rollouts -> rollouts.subList(0, 1))
                        .verdicts(BATCH)
                        .join())
                .hasCauseInstanceOf(RewardException.class)
                .hasMessageContaining("asked about 2 attempts, from task a on, and answered 1");
    }

    @Test
    void a_reward_that_throws_fails_what_is_returned() {
        CompletableFuture<List<Reward>> pending = answering(rollouts -> {
                    throw new IllegalStateException("broken");
                })
                .verdicts(BATCH);
        assertThatThrownBy(pending::join)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("broken");
        CompletableFuture<List<Reward>> early =
                answering(rollouts -> rollouts).verdicts(List.of(Attempt.at(Task.of("a", "q"), 0)));
        assertThat(early).isCompletedExceptionally();
    }
}
