package dev.wst.diagnosis;

import static dev.wst.diagnosis.History.mean;

import dev.wst.diagnosis.Diagnosis.Leaking;
import dev.wst.diagnosis.History.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is wrong with what the teacher writes. */
final class Instructions {
    /** Steps that a share is measured over: with eight tasks of eight samples, 640 instructions. */
    private static final int STEPS = 10;
    /** Of sampled instructions, so that a teacher which still tries others now and then counts too. */
    private static final double ONE = 0.95;
    /** Validation tasks that tell whether instructions differ. */
    private static final int VALIDATED = 20;
    /**
     * Of sampled instructions, beside nearly all likeliest ones: a teacher that has no preference yet has one likeliest instruction
     * for all tasks too, but seldom draws it.
     */
    private static final double OFTEN_DRAWN = 0.25;
    /** Tasks that the one instruction was written for; with fewer it might be right. */
    private static final int TASKS = 8;
    /** A teacher that repeats questions now and then may be learning not to. */
    private static final double COPIES = 0.5;
    /** Beyond what happens by chance. The detector of wst-rewards has one false alarm in a hundred. */
    private static final double LEAKS = 0.05;
    /** Instructions that leak: fewer may be chance, however few there are in all. */
    private static final int FEWEST_LEAKS = 5;
    /** Twice or half as long: no noise of a mean over ten steps. */
    private static final double FACTOR = 2;

    private static final String LENGTH = "completions/mean_length";
    private static final String CUT = "completions/clipped_ratio";
    /** The share of instructions cut at the limit that counts as running into it, and as not. */
    private static final double OFTEN = 0.5;

    private static final double SELDOM = 0.25;

    private Instructions() {}

    static Optional<Evidence> one(History history) {
        return likeliest(history).or(() -> sampled(history));
    }

    /** The likeliest instruction of nearly all validation tasks is one, and it is often drawn in training too. */
    private static Optional<Evidence> likeliest(History history) {
        List<StepTexts> last = history.texts(STEPS);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        return history.validatedAfter(STEPS)
                .filter(one -> one.instructions() >= VALIDATED && one.timesCommonest() >= ONE * one.instructions())
                .filter(one -> drawn(last, Words.of(one.commonest()))
                        >= OFTEN_DRAWN
                                * last.stream()
                                        .mapToInt(StepTexts::instructions)
                                        .sum())
                .map(one -> new Evidence(
                        one.step(),
                        String.format(
                                Locale.ROOT,
                                "after step %d the likeliest instruction is the same for %d of %d validation tasks",
                                one.step(),
                                one.timesCommonest(),
                                one.instructions()),
                        List.of(one.commonest())));
    }

    /** How often at least: of the steps that it is the commonest of. */
    private static int drawn(List<StepTexts> steps, Words instruction) {
        return steps.stream()
                .filter(step -> Words.of(step.commonest()).equals(instruction))
                .mapToInt(StepTexts::timesCommonest)
                .sum();
    }

    private static Optional<Evidence> sampled(History history) {
        List<StepTexts> last = history.texts(STEPS);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        String commonest = last.get(last.size() - 1).commonest();
        Words words = Words.of(commonest);
        boolean isOne = last.stream()
                .allMatch(step -> step.tasks() > 1
                        && Words.of(step.commonest()).equals(words)
                        && step.timesCommonest() >= ONE * step.instructions());
        if (!isOne || last.stream().mapToInt(StepTexts::tasks).sum() < TASKS) {
            return Optional.empty();
        }
        int all = last.stream().mapToInt(StepTexts::instructions).sum();
        int times = last.stream().mapToInt(StepTexts::timesCommonest).sum();
        return Optional.of(new Evidence(
                from(history, STEPS),
                String.format(
                        Locale.ROOT,
                        "%d of the %d instructions of %d steps are the same, for different tasks",
                        times,
                        all,
                        STEPS),
                List.of(commonest)));
    }

    static Optional<Evidence> copies(History history) {
        List<StepTexts> last = history.texts(STEPS);
        int copies = last.stream().mapToInt(StepTexts::copies).sum();
        int all = last.stream().mapToInt(StepTexts::instructions).sum();
        if (all == 0 || copies < COPIES * all) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                from(history, STEPS),
                String.format(
                        Locale.ROOT, "%d of the %d instructions of %d steps repeat the question", copies, all, STEPS),
                last.stream()
                        .map(StepTexts::copied)
                        .filter(text -> !text.isEmpty())
                        .limit(1)
                        .toList()));
    }

    /** By the guards of wst-rewards where they stand in the reward, otherwise by the plain texts. */
    static Optional<Evidence> leaks(History history) {
        Optional<Guarded> guarded = Guarded.worst(
                history.last(STEPS), List.of("guard_answer_leak", "guard_blind_probe", "guard_swap_probe"));
        Leaks leaks =
                Leaks.sum(history.texts(STEPS).stream().map(StepTexts::leaks).toList());
        if (guarded.isPresent()) {
            return guarded.filter(one -> one.share() >= LEAKS)
                    .map(one -> new Evidence(
                            from(history, STEPS),
                            one.text(STEPS),
                            leaks.example().isEmpty() ? List.of() : List.of(leaks.example())));
        }
        if (leaks.own() < FEWEST_LEAKS || leaks.own() - leaks.byChance() < LEAKS * leaks.instructions()) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                from(history, STEPS),
                String.format(
                        Locale.ROOT,
                        "%d of %d instructions of %d steps hold the right answer, which is not in the question; %.0f would by"
                                + " chance",
                        leaks.own(),
                        leaks.instructions(),
                        STEPS,
                        leaks.byChance()),
                List.of(leaks.example())));
    }

    static Optional<Leaking> leaking(History history) {
        Leaks leaks = Leaks.sum(history.texts(Math.min(STEPS, history.all().size())).stream()
                .map(StepTexts::leaks)
                .toList());
        int all = leaks.instructions();
        return all == 0
                ? Optional.empty()
                : Optional.of(new Leaking((double) leaks.own() / all, leaks.byChance() / all, all));
    }

    static Optional<Evidence> toTheJudge(History history) {
        return Guarded.worst(history.last(STEPS), List.of("guard_judge_addressing"))
                .filter(one -> one.share() >= LEAKS)
                .map(one -> new Evidence(from(history, STEPS), one.text(STEPS), List.of()));
    }

    static Optional<Evidence> length(History history) {
        List<Step> last = history.last(STEPS);
        OptionalDouble now = mean(last, LENGTH);
        OptionalDouble then = mean(history.first(), LENGTH);
        if (now.isEmpty() || then.isEmpty() || then.getAsDouble() <= 0) {
            return Optional.empty();
        }
        double factor = now.getAsDouble() / then.getAsDouble();
        boolean runsIntoLimit = factor >= FACTOR
                && mean(last, CUT).orElse(0) >= OFTEN
                && mean(history.first(), CUT).orElse(1) < SELDOM;
        boolean isAnother = factor >= FACTOR || factor <= 1 / FACTOR;
        if (!runsIntoLimit && (!isAnother || history.hasRisen(last))) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                last.get(0).number(),
                String.format(
                        Locale.ROOT,
                        "instructions have %.1f tokens on average over %d steps, %.1f at the beginning; %.0f %% are cut at"
                                + " their limit",
                        now.getAsDouble(),
                        STEPS,
                        then.getAsDouble(),
                        100 * mean(last, CUT).orElse(0)),
                List.of()));
    }

    static int from(History history, int steps) {
        return history.last(steps).get(0).number();
    }
}
