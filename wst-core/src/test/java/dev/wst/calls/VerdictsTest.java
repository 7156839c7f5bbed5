package dev.wst.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VerdictsTest {
    private final List<Attempt> shown = new ArrayList<>();

    /** A reward that notes what it is shown and answers a batch with what the function makes of its rewards. */
    private RewardFunction answering(UnaryOperator<List<Reward>> batch) {
        return new RewardFunction() {
            @Override
            public Reward score(Attempt attempt) {
                return Reward.of(attempt.answer().text().length());
            }

            @Override
            public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
                shown.addAll(attempts);
                return CompletableFuture.completedFuture(
                        batch.apply(attempts.stream().map(this::score).toList()));
            }
        };
    }

    private static Attempt answered(String id, Answer answer) {
        return Attempt.of(Task.of(id, "q"), Instruction.fixed("i"), answer);
    }

    private static final List<Attempt> BATCH = List.of(
            answered("a", Answer.of("x")),
            answered("b", Answer.failed(Answer.FailureKind.TIMEOUT, "no answer within a second")),
            answered("c", Answer.of("yyy")));

    @Test
    void what_did_not_arrive_is_unscored_in_its_place_and_never_shown() {
        assertThat(Verdicts.of(answering(rewards -> rewards), BATCH).join())
                .containsExactly(
                        Reward.of(1),
                        Reward.unavailable("no answer: TIMEOUT: no answer within a second"),
                        Reward.of(3));
        assertThat(shown).containsExactly(BATCH.get(0), BATCH.get(2));
    }

    @Test
    void a_reward_is_not_asked_about_nothing() {
        RewardFunction broken = answering(rewards -> {
            throw new IllegalStateException("asked");
        });
        assertThat(Verdicts.of(broken, List.of()).join()).isEmpty();
        assertThat(Verdicts.of(broken, BATCH.subList(1, 2)).join()).hasSize(1);
        assertThat(new Verdicts(broken, Duration.ofSeconds(1)).of(List.of())).isEmpty();
        assertThat(new Verdicts(broken, Duration.ofSeconds(1)).of(BATCH.subList(1, 2)))
                .hasSize(1);
    }

    @Test
    void another_number_of_rewards_is_refused() {
        assertThatThrownBy(() -> Verdicts.of(answering(rewards -> rewards.subList(0, 1)), BATCH)
                        .join())
                .hasCauseInstanceOf(RewardException.class)
                .hasMessageContaining("asked about 2 attempts, from task a on, and answered 1");
    }

    @Test
    void a_reward_that_throws_fails_what_is_returned() {
        RewardFunction broken = answering(rewards -> {
            throw new IllegalStateException("broken");
        });
        CompletableFuture<List<Reward>> pending = Verdicts.of(broken, BATCH);
        assertThatThrownBy(pending::join)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("broken");
        assertThatThrownBy(() -> new Verdicts(broken, Duration.ofSeconds(5)).of(BATCH))
                .isInstanceOf(RewardException.class)
                .hasMessageContaining("a batch from task a, sample 0 on: java.lang.IllegalStateException: broken");
    }

    @Test
    void a_reward_that_never_returns_is_named_with_the_attempt_it_took_up() {
        CountDownLatch never = new CountDownLatch(1);
        RewardFunction hangs = attempt -> {
            if (attempt.task().id().equals("c")) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    return Reward.unscored("interrupted");
                }
            }
            return Reward.of(1);
        };
        assertThatThrownBy(() -> new Verdicts(hangs, Duration.ofMillis(300)).of(BATCH))
                .isInstanceOf(RewardException.class)
                .hasMessageContaining("no verdict on task c, sample 0 within PT0.3S of taking it up");
    }

    @Test
    void each_attempt_has_the_whole_time_where_they_are_judged_one_by_one() {
        RewardFunction slow = attempt -> {
            try {
                Thread.sleep(400);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Reward.of(1);
        };
        List<Attempt> three = List.of(BATCH.get(0), BATCH.get(2), BATCH.get(0));
        assertThat(new Verdicts(slow, Duration.ofMillis(900)).of(three)).hasSize(3);
    }

    @Test
    void attempts_are_judged_again_while_the_judge_is_away_and_not_where_it_has_nothing_to_say() {
        List<Duration> pauses = new ArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        RewardFunction back = attempt -> asked.incrementAndGet() <= 4 ? Reward.unavailable("503") : Reward.of(1);
        Duration limit = Duration.ofSeconds(10);
        assertThat(new Verdicts(back, limit, pauses::add).of(BATCH, Duration.ofMinutes(1), "step 3"))
                .extracting(Reward::isScored)
                .containsExactly(true, false, true);
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
        RewardFunction silent = attempt -> Reward.unavailable("503");
        pauses.clear();
        assertThat(new Verdicts(silent, limit, pauses::add).of(BATCH, Duration.ofSeconds(7), "step 3"))
                .noneMatch(Reward::isScored);
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
        RewardFunction speechless = attempt -> Reward.unscored("no reference");
        pauses.clear();
        assertThat(new Verdicts(speechless, limit, pauses::add).of(BATCH, Duration.ofMinutes(1), "step 3"))
                .noneMatch(Reward::isScored);
        assertThat(pauses).isEmpty();
    }
}
