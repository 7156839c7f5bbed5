package dev.wst.examples.cli;

import dev.wst.budget.Cost;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.PairedDifference;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which of several ways of instructing to put into an app: the simplest one that none is shown to beat.
 *
 * @param comparison on questions that none of them has seen
 * @param simplestFirst the arms from the one that takes least to keep in an app to the one that takes most; the first is the student
 *     alone
 * @param paid what each took to come by; missing where it took nothing
 * @param currency of the money paid, where calls have prices
 */
record Shipping(Comparison comparison, List<String> simplestFirst, Map<String, Paid> paid, Optional<String> currency) {
    private static final int CENTS = 4;

    /**
     * What an arm took to come by.
     *
     * @param student calls of the student
     * @param model calls of the model that wrote instructions or reflected
     */
    record Paid(Cost student, Cost model) {}

    /** The highest mean reward; of equal ones the simplest. */
    private String highest() {
        return simplestFirst.stream()
                .filter(name -> comparison.result(name).isScored())
                .max(Comparator.<String>comparingDouble(
                                name -> comparison.result(name).reward().mean())
                        .thenComparing(Comparator.<String>comparingInt(simplestFirst::indexOf)
                                .reversed()))
                .orElseThrow(() -> new IllegalStateException("no answer of any arm was scored"));
    }

    /** The simplest that the highest is not shown to beat, by intervals that hold for all arms at once. */
    String choice() {
        String highest = highest();
        List<String> others = others(highest);
        List<String> beaten = comparison.pairedWith(highest, others).stream()
                .filter(one -> one.verdict() == PairedDifference.Verdict.BETTER)
                .map(PairedDifference::second)
                .toList();
        return simplestFirst.stream()
                .filter(name -> comparison.isComparable(highest, name) && !beaten.contains(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> others(String name) {
        return simplestFirst.stream().filter(other -> !other.equals(name)).toList();
    }

    void print(PrintStream out) {
        String alone = simplestFirst.get(0);
        int width = simplestFirst.stream().mapToInt(String::length).max().orElse(0);
        List<PairedDifference> gains = others(alone).stream()
                .filter(name -> comparison.isComparable(name, alone))
                .map(name -> comparison.paired(name, alone, simplestFirst.size() - 1))
                .toList();
        out.printf(
                Locale.ROOT,
                "Mean reward on %d held-out questions; gain over %s, question by question, with intervals that hold for all %d at"
                        + " once with 95 %% (Bonferroni); what it took to come by:%n",
                comparison.result(alone).rollouts().size(),
                alone,
                gains.size());
        for (String name : simplestFirst) {
            Comparison.Result result = comparison.result(name);
            Optional<PairedDifference> gain =
                    gains.stream().filter(one -> one.first().equals(name)).findFirst();
            out.printf(
                    Locale.ROOT,
                    "  %-" + width + "s  %s%s%s%n",
                    name,
                    result.isScored()
                            ? String.format(Locale.ROOT, "%.3f", result.reward().mean())
                            : "nothing scored",
                    gain.map(one -> "  gain " + one.reward() + word(one)).orElse(""),
                    Optional.ofNullable(paid.get(name))
                            .map(cost -> "  " + took(cost, gain))
                            .orElse(""));
        }
        out.println("Ship: " + advice());
    }

    /** The choice and why. */
    String advice() {
        String chosen = choice();
        return chosen + reason(chosen, highest());
    }

    /** The choice among some of the arms. */
    Shipping among(List<String> names) {
        return new Shipping(
                new Comparison(names.stream().map(comparison::result).toList()), names, paid, currency);
    }

    private static String word(PairedDifference gain) {
        return switch (gain.verdict()) {
            case BETTER -> " better";
            case WORSE -> " WORSE";
            case UNDECIDED -> " undecided";
        };
    }

    private String reason(String chosen, String highest) {
        if (highest.equals(simplestFirst.get(0))) {
            return ", which nothing earns more than";
        }
        return chosen.equals(highest)
                ? ", which earns most; everything simpler is shown to earn less"
                : ", the simplest that none is shown to beat (" + highest
                        + " earns most, and not by more than chance may do)";
    }

    private String took(Paid cost, Optional<PairedDifference> gain) {
        Cost whole = cost.student().plus(cost.model());
        return calls(cost.student())
                + (cost.model().calls() == 0 ? "" : " and of the model that instructs " + calls(cost.model()))
                + currency.map(name -> ", " + whole.money().toPlainString() + " " + name + perPoint(whole, gain, name))
                        .orElse("");
    }

    private static String calls(Cost cost) {
        return String.format(
                Locale.ROOT,
                "%,d calls, %,d tokens read, %s written",
                cost.calls(),
                cost.inputTokens(),
                cost.uncounted() > 0 ? "an unknown number" : String.format(Locale.ROOT, "%,d", cost.outputTokens()));
    }

    /** A point is 0.01 of reward. */
    private static String perPoint(Cost cost, Optional<PairedDifference> gain, String currency) {
        return gain.filter(one -> one.reward().mean() > 0)
                .map(one -> " ("
                        + cost.money()
                                .divide(BigDecimal.valueOf(100 * one.reward().mean()), CENTS, RoundingMode.HALF_UP)
                                .toPlainString()
                        + " " + currency + " for each 0.01 of reward gained)")
                .orElse("");
    }
}
