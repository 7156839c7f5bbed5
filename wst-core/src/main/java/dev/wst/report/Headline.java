package dev.wst.report;

import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Interval;
import dev.wst.evaluation.PairedDifference.Verdict;
import dev.wst.report.Document.Sentence;
import dev.wst.report.Document.Tone;
import java.util.Optional;

/**
 * Whether it helped, in one sentence. It is only said to help, or to harm, where the interval of the difference says so, and to help
 * only where the reward was not earned by cheating.
 *
 * @param sentence for a reader
 * @param difference of the result and what it is measured against, question by question; empty where nothing was measured
 */
record Headline(Sentence sentence, Optional<Interval> difference) {
    static Headline of(RunFacts run) {
        Optional<Sides> sides = run.sides();
        if (sides.isEmpty() || sides.get().baseline().isEmpty()) {
            return new Headline(new Sentence(Tone.NOTE, unmeasured(run, sides)), Optional.empty());
        }
        Sides all = sides.get();
        Comparison comparison = all.comparison();
        String baseline = all.baseline().orElseThrow();
        if (!comparison.isComparable(all.result(), baseline)) {
            return new Headline(
                    new Sentence(Tone.NOTE, "Nothing is known: no question has a verdict both ways."),
                    Optional.empty());
        }
        Interval difference = comparison.difference(all.result(), baseline);
        String numbers = numbers(all, baseline, difference);
        return new Headline(
                run.cheating()
                        .map(cheating -> new Sentence(
                                Tone.BAD,
                                "Not to be trusted, since " + cheating.symptom().meaning() + ": " + numbers))
                        .orElseGet(() -> new Sentence(tone(difference), beginning(run, difference) + numbers)),
                Optional.of(difference));
    }

    static Tone tone(Interval difference) {
        return switch (Verdict.of(difference)) {
            case BETTER -> Tone.GOOD;
            case WORSE -> Tone.BAD;
            case UNDECIDED -> Tone.PLAIN;
        };
    }

    private static String beginning(RunFacts run, Interval difference) {
        boolean isComparison = run.comparison().isPresent();
        return switch (Verdict.of(difference)) {
            case BETTER -> isComparison ? "The trained teacher helps: " : "Training helped: ";
            case WORSE -> isComparison ? "The trained teacher harms: " : "Training harmed: ";
            case UNDECIDED ->
                isComparison ? "The trained teacher is not shown to help: " : "Training is not shown to have helped: ";
        };
    }

    private static String numbers(Sides all, String baseline, Interval difference) {
        Comparison comparison = all.comparison();
        return "mean reward " + mean(comparison, all.result()) + " against " + mean(comparison, baseline)
                + ", a difference of " + Numbers.signed(difference) + " on " + questions(difference.count()) + ".";
    }

    private static String mean(Comparison comparison, String arm) {
        return Numbers.of(comparison.result(arm).reward().mean()) + " (" + arm + ")";
    }

    static String questions(int count) {
        return Numbers.count(count) + (count == 1 ? " question" : " questions");
    }

    private static String unmeasured(RunFacts run, Optional<Sides> sides) {
        if (run.steps().isEmpty()) {
            return "Nothing was learned yet: no step is finished.";
        }
        return sides.isPresent()
                ? "Not known yet: the run was validated before training only."
                : "Not measured: the run has no validation and was not compared afterwards.";
    }
}
