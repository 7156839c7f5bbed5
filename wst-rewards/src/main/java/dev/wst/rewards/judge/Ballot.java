package dev.wst.rewards.judge;

import dev.wst.Reward;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * The votes of one judgement that came, and why the others did not.
 *
 * @param missing the votes that did not come
 */
record Ballot(List<Double> votes, List<Ruling> missing) {
    static Ballot of(List<Ruling> rulings) {
        return new Ballot(
                rulings.stream().filter(Ruling::came).map(Ruling::get).toList(),
                rulings.stream().filter(ruling -> !ruling.came()).toList());
    }

    boolean isEnough(JudgeOptions options) {
        return votes.size() >= options.minimumVotes();
    }

    Reward unscored(Judge judge) {
        String reason = votes.size() + " of " + judge.options().votes() + " votes of " + judge.name() + " came, "
                + judge.options().minimumVotes() + " are needed: "
                + String.join(
                        "; ", missing.stream().map(Ruling::reason).distinct().toList());
        return missing.stream().anyMatch(Ruling::isUnavailable) ? Reward.unavailable(reason) : Reward.unscored(reason);
    }

    /** The greatest vote minus the least. */
    double spread() {
        DoubleSummaryStatistics range =
                votes.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return range.getMax() - range.getMin();
    }
}
