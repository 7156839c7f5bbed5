package dev.wst.examples.cli;

import dev.wst.RewardFunction;
import dev.wst.calls.Accounts;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rewards.Rewards;
import dev.wst.rewards.math.MathReward;
import dev.wst.rewards.text.AnswerCost;
import dev.wst.rewards.text.LabelReward;
import dev.wst.rewards.text.MatchReward;
import dev.wst.rewards.text.SimilarityReward;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an answer earns. */
final class RewardOptions {
    private static final String LABELS = "labels:";
    private static final String JUDGE = "judge";
    /** Rewards that compare with a reference, so that an instruction that names it is paid for nothing learned. */
    private static final Set<String> COUNTED = Set.of("exact", "contained", "f1", "gsm8k", "math");

    @Option(
            names = "--reward",
            required = true,
            paramLabel = "embedded|exact|contained|f1|gsm8k|math|judge|labels:A,B",
            description =
                    "embedded: as the pair needs it; exact: the answer is the reference; contained: it contains it;"
                            + " f1: the share of words in common; gsm8k, math: the number or formula it ends with is"
                            + " equal; judge: what --judge says of it; labels: it contains the right one of these and no"
                            + " other, and an instruction that names exactly one earns nothing")
    private String reward = "";

    @Option(
            names = "--token-penalty",
            paramLabel = "X",
            description =
                    "what each token of the student's answer costs of the reward, such as 0.001; nothing unless given")
    private Optional<Double> tokenPenalty = Optional.empty();

    @Option(
            names = "--leaks",
            paramLabel = "count|penalise|unscore|ignore",
            converter = Leaks.Converter.class,
            description = "what becomes of an instruction that gives the reference answer away: counted; 1 less"
                    + " reward; no verdict; not looked for. Unless given, count with exact, contained, f1, gsm8k and math,"
                    + " ignore otherwise (labels looks for them itself)")
    private Optional<Leaks> leaks = Optional.empty();

    @Mixin
    private JudgingOptions judging = new JudgingOptions();

    /** Whether it asks a model, at a cost. */
    boolean asks() {
        return reward.equals(JUDGE);
    }

    /** The reward as it was named. */
    String text() {
        return reward;
    }

    /**
     * The reward, to be made with the accounts of a run.
     *
     * @param made gives it
     * @param judge what it asks
     */
    record Open(Function<Accounts, RewardFunction> made, Optional<JudgingOptions.Open> judge) implements AutoCloseable {
        @Override
        public void close() {
            judge.ifPresent(JudgingOptions.Open::close);
        }
    }

    Open open() {
        if (!asks()) {
            judging.requireAbsent();
            RewardFunction whole = priced(guarded(withoutCost()));
            return new Open(accounts -> whole, Optional.empty());
        }
        if (tokenPenalty.isPresent()) {
            AnswerCost.perToken(tokenPenalty.get());
        }
        JudgingOptions.Open judge = judging.open();
        return new Open(accounts -> priced(guarded(judge.reward(accounts))), Optional.of(judge));
    }

    private RewardFunction guarded(RewardFunction quality) {
        return leaks.orElse(COUNTED.contains(reward) ? Leaks.COUNT : Leaks.IGNORE)
                .around(quality);
    }

    private RewardFunction priced(RewardFunction quality) {
        return tokenPenalty.isEmpty()
                ? quality
                : Rewards.sum().add("quality", quality).add("cost", AnswerCost.perToken(tokenPenalty.get()));
    }

    private RewardFunction withoutCost() {
        if (reward.startsWith(LABELS)) {
            return LabelReward.of(reward.substring(LABELS.length()).split(",", -1));
        }
        return switch (reward) {
            case "embedded" -> EmbeddedPair.reward();
            case "exact" -> MatchReward.exact();
            case "contained" -> MatchReward.contained();
            case "f1" -> SimilarityReward.tokenF1();
            case "gsm8k" -> MathReward.gsm8k();
            case "math" -> MathReward.math();
            default ->
                throw new IllegalArgumentException(
                        "--reward must be embedded, exact, contained, f1, gsm8k, math, judge or labels:A,B..., got "
                                + reward);
        };
    }
}
