package dev.wst.rewards.judge;

import dev.wst.Reward;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * The votes that came, and why the others did not.
 *
 * @param missing one reason for each vote that did not come
 */
record Ballot(List<Double> votes, List<String> missing) {
    static Ballot of(List<Ruling> rulings) {
        return new Ballot(
                rulings.stream().filter(Ruling::came).map(Ruling::get).toList(),
                rulings.stream()
                        .filter(ruling -> !ruling.came())
                        .map(Ruling::reason)
                        .toList());
    }

    boolean isEnough(JudgeOptions options) {
        return votes.size() >= options.minimumVotes();
    }

    Reward unscored(Judge judge) {
        return Reward.unscored(votes.size() + " of " + judge.options().votes() + " votes of " + judge.name() + " came, "
                + judge.options().minimumVotes() + " are needed: "
                + String.join("; ", missing.stream().distinct().toList()));
    }

    /** The greatest vote minus the least. */
    double spread() {
        DoubleSummaryStatistics range =
                votes.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return range.getMax() - range.getMin();
    }
}
