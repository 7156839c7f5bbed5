package dev.wst.rewards;

import static dev.wst.rewards.Attempts.answered;
import static dev.wst.rewards.Attempts.verdicts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CombinedRewardTest {
    private static final RewardFunction LENGTH =
            attempt -> Reward.of(attempt.answer().text().length());
    private static final RewardFunction SILENT = attempt -> Reward.unscored("the judge is out");

    @Test
    void a_sum_weighs_its_parts_and_keeps_them() {
        RewardFunction reward = Rewards.sum()
                .add("right", attempt -> Reward.of(1, Map.of("rule", 3.0)))
                .add("long", -0.5, LENGTH);
        Reward verdict = reward.score(answered("four"));
        assertThat(verdict.value()).isEqualTo(1 - 0.5 * 4);
        assertThat(verdict.parts()).isEqualTo(Map.of("right", 1.0, "right/rule", 3.0, "long", 4.0));
        assertThat(verdict.parts().keySet()).containsExactly("long", "right", "right/rule");
    }

    @Test
    void a_minimum_is_the_least_weighted_part() {
        RewardFunction reward =
                Rewards.min().add("a", 10, attempt -> Reward.of(1)).add("b", 2, LENGTH);
        assertThat(reward.score(answered("four")).value()).isEqualTo(8);
        assertThat(reward.score(answered("longer")).value()).isEqualTo(10);
    }

    @Test
    void a_part_without_verdict_leaves_the_whole_without_one_and_says_which() {
        RewardFunction reward = Rewards.sum().add("length", LENGTH).add("judge", SILENT);
        Reward verdict = reward.score(answered("four"));
        assertThat(verdict.isScored()).isFalse();
        assertThat(verdict.reason()).isEqualTo("judge: the judge is out");
    }

    @Test
    void a_part_without_verdict_is_left_out_where_that_was_asked_for() {
        RewardFunction reward =
                Rewards.sum().add("length", LENGTH).add("judge", SILENT).missing(MissingVerdict.LEFT_OUT);
        Reward verdict = reward.score(answered("four"));
        assertThat(verdict.value()).isEqualTo(4);
        assertThat(verdict.parts()).isEqualTo(Map.of("length", 4.0, "length/unscored", 0.0, "judge/unscored", 1.0));
    }

    @Test
    void nothing_left_is_no_verdict_rather_than_zero() {
        RewardFunction reward = Rewards.sum()
                .add("one", SILENT)
                .add("two", SILENT)
                .add("metric", 0, LENGTH)
                .missing(MissingVerdict.LEFT_OUT);
        assertThat(reward.score(answered("four")).reason())
                .isEqualTo("no part has a verdict: one: the judge is out; two: the judge is out");
    }

    @Test
    void what_was_measured_beside_a_missing_verdict_is_kept() {
        RewardFunction found = attempt -> Reward.unscored("leak", Map.of("guard_leak", 1.0));
        assertThat(Rewards.sum().add("guarded", found).score(answered("four")))
                .isEqualTo(Reward.unscored("guarded: leak", Map.of("guarded/guard_leak", 1.0)));
        assertThat(Rewards.sum()
                        .add("length", LENGTH)
                        .add("logged", 0, found)
                        .score(answered("four"))
                        .parts())
                .isEqualTo(Map.of("length", 4.0, "logged/unscored", 1.0, "logged/guard_leak", 1.0));
        assertThat(Rewards.of(LENGTH).onlyIf("guarded", found, 0).score(answered("four")))
                .isEqualTo(Reward.unscored("guarded: leak", Map.of("guarded/guard_leak", 1.0)));
    }

    @Test
    void a_part_of_weight_zero_is_only_logged() {
        RewardFunction reward =
                Rewards.min().add("length", LENGTH).add("judge", 0, SILENT).add("words", 0, attempt -> Reward.of(-7));
        Reward verdict = reward.score(answered("four"));
        assertThat(verdict.value()).isEqualTo(4);
        assertThat(verdict.parts())
                .isEqualTo(Map.of("length", 4.0, "judge/unscored", 1.0, "words/unscored", 0.0, "words", -7.0));
    }

    @Test
    void parts_see_the_whole_batch_at_once_and_order_is_kept() {
        List<Integer> sizes = new ArrayList<>();
        RewardFunction batched = new Recording(sizes);
        List<Reward> verdicts =
                verdicts(Rewards.sum().add("a", batched).add("b", 100, batched), answered("x", "yyy", "zz"));
        assertThat(sizes).containsExactly(3, 3);
        assertThat(verdicts).extracting(Reward::value).containsExactly(101.0, 303.0, 202.0);
    }

    @Test
    void asynchronous_parts_are_under_way_together() {
        CompletableFuture<Reward> first = new CompletableFuture<>();
        CompletableFuture<Reward> second = new CompletableFuture<>();
        List<String> asked = new ArrayList<>();
        RewardFunction reward = Rewards.sum()
                .add("first", RewardFunction.async(attempt -> {
                    asked.add("first");
                    return first;
                }))
                .add("second", RewardFunction.async(attempt -> {
                    asked.add("second");
                    return second;
                }));
        CompletableFuture<List<Reward>> pending =
                reward.scoreAll(answered("x", "y")).toCompletableFuture();
        assertThat(asked).containsExactly("first", "first", "second", "second");
        second.complete(Reward.of(2));
        assertThat(pending).isNotDone();
        first.complete(Reward.of(1));
        assertThat(pending.join()).extracting(r -> r.value()).containsExactly(3.0, 3.0);
    }

    @Test
    void a_part_that_throws_fails_the_whole_once_the_others_are_done() {
        CompletableFuture<Reward> slow = new CompletableFuture<>();
        RewardFunction reward = Rewards.sum()
                .add("slow", RewardFunction.async(attempt -> slow))
                .add("broken", attempt -> {
                    throw new IllegalStateException("grader is broken");
                });
        CompletableFuture<List<Reward>> pending =
                reward.scoreAll(answered("x", "y")).toCompletableFuture();
        assertThat(pending).isNotDone();
        slow.complete(Reward.of(1));
        assertThatThrownBy(pending::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(RewardException.class)
                .hasMessageContaining("task t")
                .hasMessageContaining("grader is broken");
        assertThatThrownBy(() -> reward.score(answered("x"))).isInstanceOf(RewardException.class);
    }

    @Test
    void a_part_that_loses_a_verdict_is_refused() {
        RewardFunction losing = new RewardFunction() {
            @Override
            public Reward score(Attempt attempt) {
                return Reward.of(1);
            }

            @Override
            public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
                return CompletableFuture.completedFuture(List.of(Reward.of(1)));
            }
        };
        assertThatThrownBy(() -> verdicts(Rewards.sum().add("a", losing), answered("x", "y")))
                .hasCauseInstanceOf(RewardException.class)
                .hasMessageContaining("scoreAll must give a reward for each, in order");
    }

    @Test
    void a_sum_beyond_all_numbers_is_no_verdict() {
        RewardFunction huge = attempt -> Reward.of(Double.MAX_VALUE);
        Reward verdict = Rewards.sum().add("a", huge).add("b", huge).score(answered("x"));
        assertThat(verdict.isScored()).isFalse();
        assertThat(verdict.reason()).startsWith("the value would be Infinity");
    }

    @Test
    void two_parts_of_one_name_are_refused_rather_than_lost() {
        RewardFunction reward = Rewards.sum().add("a/b", LENGTH).add("a", attempt -> Reward.of(1, Map.of("b", 2.0)));
        assertThatThrownBy(() -> reward.score(answered("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two parts of one reward are named a/b");
    }

    @Test
    void an_empty_batch_is_not_put_to_anybody() {
        List<Integer> sizes = new ArrayList<>();
        assertThat(verdicts(Rewards.sum().add("a", new Recording(sizes)), List.of()))
                .isEmpty();
        assertThat(sizes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void weights_are_finite(double weight) {
        assertThatThrownBy(() -> Rewards.sum().add("judge", weight, LENGTH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the weight of part judge must be finite, got " + weight);
    }

    @Test
    void names_are_there_and_different_and_something_must_count() {
        assertThatThrownBy(() -> Rewards.sum().add(" ", LENGTH)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rewards.sum().add("a", LENGTH).add("a", SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is a part named a already");
        assertThatThrownBy(() -> Rewards.sum().score(answered("x"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Rewards.sum().add("m", 0, LENGTH).scoreAll(answered("x", "y")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[m]");
    }

    @Test
    void adding_leaves_the_sum_that_was_alone() {
        CombinedReward one = Rewards.sum().add("a", LENGTH);
        CombinedReward two = one.add("b", LENGTH);
        assertThat(one.score(answered("four")).value()).isEqualTo(4);
        assertThat(two.score(answered("four")).value()).isEqualTo(8);
        assertThat(two).asString().startsWith("SUM{a=");
    }

    /** Scores by length and remembers how large its batches were. */
    private record Recording(List<Integer> sizes) implements RewardFunction {
        @Override
        public Reward score(Attempt attempt) {
            return LENGTH.score(attempt);
        }

        @Override
        public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
            sizes.add(attempts.size());
            return RewardFunction.super.scoreAll(attempts);
        }
    }
}
