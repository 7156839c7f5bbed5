package dev.wst.diagnosis;

import static dev.wst.diagnosis.History.mean;

import dev.wst.diagnosis.History.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What is wrong with how the student answers. */
final class Answers {
    private static final int STEPS = 10;
    /** Tasks whose instructions differ; with fewer, equal answers may be chance. */
    private static final int GROUPS = 20;

    private static final double MOST = 0.9;
    /** Answers vary more in length than instructions: told to work it out, a student may well write twice as much. */
    private static final double FACTOR = 3;
    /** Half of what is paid for is lost. */
    private static final double UNSCORED = 0.5;
    /** Parts of rewards that tell whether an answer was found in the text, or is in the form asked for. */
    private static final Pattern FORM = Pattern.compile("rewards/(.*/)?(extracted|[^/]*format[^/]*)/mean");
    /** So seldom that training hardly sees the form. */
    private static final double SELDOM = 0.1;

    private Answers() {}

    static Optional<Evidence> indifferent(History history) {
        List<StepTexts> last = history.texts(STEPS);
        int compared = last.stream().mapToInt(StepTexts::compared).sum();
        int alike = last.stream().mapToInt(StepTexts::indifferent).sum();
        if (compared < GROUPS || alike < MOST * compared || history.hasRisen(history.last(STEPS))) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                Instructions.from(history, STEPS),
                String.format(
                        Locale.ROOT,
                        "in %d of %d groups of %d steps different instructions got the same answer",
                        alike,
                        compared,
                        STEPS),
                List.of()));
    }

    /** By the last validation, whose instructions are those that will serve; by training where there is none. */
    static Optional<Evidence> one(History history) {
        return history.validatedAfter(STEPS)
                .map(one -> one.byReference()
                        .onlyOne()
                        .map(text -> new Evidence(
                                one.step(), "in the validation after step " + one.step() + " " + text, List.of())))
                .orElseGet(() -> ByReference.sum(history.texts(STEPS).stream()
                                .map(StepTexts::byReference)
                                .toList())
                        .onlyOne()
                        .map(text -> new Evidence(
                                Instructions.from(history, STEPS), "over " + STEPS + " steps " + text, List.of())));
    }

    static Optional<Evidence> length(History history) {
        OptionalDouble now = length(history.texts(STEPS));
        OptionalDouble then = length(
                history.first().stream().flatMap(step -> step.texts().stream()).toList());
        if (now.isEmpty() || then.isEmpty() || then.getAsDouble() <= 0) {
            return Optional.empty();
        }
        double factor = now.getAsDouble() / then.getAsDouble();
        if ((factor < FACTOR && factor > 1 / FACTOR) || history.hasRisen(history.last(STEPS))) {
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                Instructions.from(history, STEPS),
                String.format(
                        Locale.ROOT,
                        "answers have %.0f characters on average over %d steps, %.0f at the beginning",
                        now.getAsDouble(),
                        STEPS,
                        then.getAsDouble()),
                List.of()));
    }

    private static OptionalDouble length(List<StepTexts> steps) {
        return steps.stream()
                .flatMapToDouble(step -> step.answerLength().stream())
                .average();
    }

    static Optional<Evidence> format(History history) {
        List<Step> last = history.last(STEPS);
        Optional<Evidence> missing = missingForm(last);
        List<StepTexts> texts = history.texts(STEPS);
        int answers = texts.stream().mapToInt(StepTexts::answers).sum();
        int unscored = texts.stream().mapToInt(StepTexts::unscored).sum();
        if (missing.isPresent() || answers == 0 || unscored < UNSCORED * answers) {
            return missing;
        }
        return Optional.of(new Evidence(
                Instructions.from(history, STEPS),
                String.format(
                        Locale.ROOT, "%d of the %d answers of %d steps have no verdict", unscored, answers, STEPS),
                List.of()));
    }

    private static Optional<Evidence> missingForm(List<Step> last) {
        TreeSet<String> names = new TreeSet<>();
        last.forEach(step -> names.addAll(step.metrics().values().keySet()));
        return names.stream()
                .filter(name -> FORM.matcher(name).matches())
                .filter(name -> mean(last, name).orElse(1) <= SELDOM)
                .findFirst()
                .map(name -> new Evidence(
                        last.get(0).number(),
                        String.format(
                                Locale.ROOT,
                                "%s is %.3f over %d steps",
                                name,
                                mean(last, name).orElse(Double.NaN),
                                STEPS),
                        List.of()));
    }
}
