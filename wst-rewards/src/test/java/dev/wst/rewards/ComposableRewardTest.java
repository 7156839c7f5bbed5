package dev.wst.rewards;

import static dev.wst.rewards.Attempts.answered;
import static dev.wst.rewards.Attempts.verdicts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

class ComposableRewardTest {
    /** The answer is the value; "?" is no verdict. */
    private static final ComposableReward VALUE = attempt -> {
        String text = attempt.answer().text();
        return text.equals("?") ? Reward.unscored("no idea") : Reward.of(Double.parseDouble(text), Map.of("part", 7.0));
    };

    private static double value(RewardFunction reward, String answer) {
        return reward.score(answered(answer)).value();
    }

    @Test
    void a_clipped_value_stays_in_its_range_and_keeps_its_parts() {
        RewardFunction reward = VALUE.clip(-1, 2);
        assertThat(value(reward, "5")).isEqualTo(2);
        assertThat(value(reward, "-5")).isEqualTo(-1);
        assertThat(value(reward, "0.5")).isEqualTo(0.5);
        assertThat(reward.score(answered("5")).parts()).isEqualTo(Map.of("part", 7.0));
        assertThat(reward.score(answered("?"))).isEqualTo(Reward.unscored("no idea"));
    }

    @Test
    void a_clip_needs_a_range() {
        assertThatThrownBy(() -> VALUE.clip(1, 1)).hasMessageContaining("got 1.0 and 1.0");
        assertThatThrownBy(() -> VALUE.clip(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VALUE.clip(0, Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VALUE.clip(Double.NEGATIVE_INFINITY, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VALUE.clip(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_threshold_makes_a_condition() {
        RewardFunction reward = VALUE.atLeast(0.5);
        assertThat(value(reward, "0.5")).isEqualTo(1);
        assertThat(value(reward, "0.49")).isZero();
        assertThat(reward.score(answered("0.49")).parts()).isEqualTo(Map.of("part", 7.0, "graded", 0.49));
        assertThat(reward.score(answered("?")).isScored()).isFalse();
        assertThatThrownBy(() -> VALUE.atLeast(Double.NaN))
                .hasMessageContaining("the threshold must be finite, got NaN");
    }

    @Test
    void a_value_stands_in_for_a_missing_verdict_and_is_counted() {
        RewardFunction reward = VALUE.orElse(-1);
        assertThat(reward.score(answered("?"))).isEqualTo(Reward.of(-1, Map.of("unscored", 1.0)));
        assertThat(reward.score(answered("3"))).isEqualTo(Reward.of(3, Map.of("part", 7.0, "unscored", 0.0)));
        assertThatThrownBy(() -> VALUE.orElse(Double.NEGATIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_gate_asks_its_condition_first_and_the_reward_only_about_what_passed() {
        List<String> asked = new ArrayList<>();
        RewardFunction costly = attempt -> {
            asked.add(attempt.answer().text());
            return Reward.of(10, Map.of("inner", 1.0));
        };
        List<Reward> verdicts =
                verdicts(Rewards.of(costly).onlyIf("format", VALUE, -2), answered("0", "1", "?", "-3", "0.1"));
        assertThat(asked).containsExactly("1", "0.1");
        assertThat(verdicts)
                .containsExactly(
                        Reward.of(-2, Map.of("format", 0.0, "format/part", 7.0)),
                        Reward.of(10, Map.of("inner", 1.0, "format", 1.0, "format/part", 7.0)),
                        Reward.unscored("format: no idea"),
                        Reward.of(-2, Map.of("format", -3.0, "format/part", 7.0)),
                        Reward.of(10, Map.of("inner", 1.0, "format", 0.1, "format/part", 7.0)));
    }

    @Test
    void an_open_gate_does_not_make_up_a_verdict() {
        RewardFunction reward = VALUE.onlyIf("always", attempt -> Reward.of(1), 0);
        assertThat(reward.score(answered("?"))).isEqualTo(Reward.unscored("no idea"));
        assertThatThrownBy(() -> VALUE.onlyIf("x", VALUE, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VALUE.onlyIf("", VALUE, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_scale_is_measured_on_what_was_scored_whatever_the_order() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 32 in all, divided by 7
        List<Attempt> attempts = answered("2", "4", "?", "4", "4", "5", "5", "7", "9");
        List<Reward> rollouts = VALUE.scoreAll(attempts).toCompletableFuture().join();
        Scale scale = Scale.of(rollouts);
        assertThat(scale.mean()).isEqualTo(5);
        assertThat(scale.deviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-15));
        assertThat(Scale.of(
                        VALUE.scoreAll(answered("1", "3")).toCompletableFuture().join()))
                .isEqualTo(new Scale(2, Math.sqrt(2)));
        List<Reward> reversed = new ArrayList<>(rollouts);
        Collections.reverse(reversed);
        assertThat(Scale.of(reversed)).isEqualTo(scale);
        Reward verdict = VALUE.normalise(new Scale(5, 2)).score(answered("9"));
        assertThat(verdict).isEqualTo(Reward.of(2, Map.of("part", 7.0, "raw", 9.0)));
        assertThat(VALUE.normalise(scale).score(answered("?")).isScored()).isFalse();
    }

    @Test
    void a_scale_needs_a_spread() {
        assertThatThrownBy(() -> new Scale(0, 0)).hasMessageContaining("above 0 and finite, got 0.0");
        assertThatThrownBy(() -> new Scale(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Scale(0, Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scale.of(VALUE.scoreAll(answered("0.1", "0.1", "0.1"))
                        .toCompletableFuture()
                        .join()))
                .hasMessageContaining("no spread")
                .hasMessageContaining("0.1");
        assertThatThrownBy(() -> Scale.of(List.of())).hasMessageContaining("at least two values, got 0");
    }

    @Test
    void a_batch_is_brought_to_mean_0_and_deviation_1_whatever_its_order() {
        RewardFunction reward = VALUE.normaliseInBatch();
        List<Reward> verdicts = verdicts(reward, answered("1", "?", "2", "3"));
        assertThat(verdicts.get(1)).isEqualTo(Reward.unscored("no idea"));
        assertThat(List.of(verdicts.get(0), verdicts.get(2), verdicts.get(3)))
                .extracting(Reward::value)
                .containsExactly(-1.0, 0.0, 1.0);
        assertThat(verdicts.get(0).parts()).isEqualTo(Map.of("part", 7.0, "raw", 1.0));

        List<Reward> forth = verdicts(reward, answered("0.1", "0.7", "0.2", "1e9", "0.3"));
        List<Reward> back = new ArrayList<>(verdicts(reward, answered("0.3", "1e9", "0.2", "0.7", "0.1")));
        Collections.reverse(back);
        assertThat(back).isEqualTo(forth);
    }

    @Test
    void a_batch_without_spread_is_worth_nothing_rather_than_rounding_noise() {
        RewardFunction reward = VALUE.normaliseInBatch();
        assertThat(verdicts(reward, answered("0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1")))
                .extracting(Reward::value)
                .containsOnly(0.0);
        assertThat(value(reward, "5")).isZero();
        assertThat(reward.score(answered("5")).parts()).containsEntry("raw", 5.0);
        assertThat(verdicts(reward, answered("?", "?"))).noneMatch(Reward::isScored);
    }

    @Test
    void a_batch_whose_spread_is_beyond_all_numbers_has_no_verdict() {
        assertThatThrownBy(() -> Scale.of(VALUE.scoreAll(answered("1e300", "-1e300"))
                        .toCompletableFuture()
                        .join()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(verdicts(VALUE.normaliseInBatch(), answered("1e300", "-1e300")))
                .noneMatch(Reward::isScored)
                .extracting(Reward::reason)
                .allMatch(reason -> reason.contains("spread"));
    }

    @Test
    void an_asynchronous_reward_stays_asynchronous_through_a_chain() {
        CompletableFuture<Reward> later = new CompletableFuture<>();
        RewardFunction reward = Rewards.of(RewardFunction.async(attempt -> later))
                .clip(-1, 1)
                .onlyIf("always", attempt -> Reward.of(1), 0)
                .normaliseInBatch();
        CompletableFuture<List<Reward>> pending =
                reward.scoreAll(answered("x", "y")).toCompletableFuture();
        assertThat(pending).isNotDone();
        later.complete(Reward.of(3));
        assertThat(pending.join())
                .extracting(r -> r.parts())
                .allMatch(parts -> parts.equals(Map.of("always", 1.0, "raw", 1.0)));
    }

    @Test
    void a_null_verdict_is_refused_with_the_name_of_its_task() {
        RewardFunction reward = Rewards.of(new NoVerdict());
        assertThatThrownBy(() -> reward.score(answered("x")))
                .isInstanceOf(RewardException.class)
                .hasMessageContaining("returned null for task t");
    }

    @NullUnmarked
    private record NoVerdict() implements RewardFunction {
        @Override
        public Reward score(Attempt attempt) {
            return null;
        }
    }

    @Test
    void what_composes_already_is_not_wrapped_again() {
        assertThat(Rewards.of(VALUE)).isSameAs(VALUE);
    }
}
