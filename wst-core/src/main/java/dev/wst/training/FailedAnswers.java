package dev.wst.training;

import dev.wst.Answer;
import dev.wst.Attempt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/** What kept answers from arriving, by kind. */
final class FailedAnswers {
    private static final int LONGEST_MESSAGE = 300;

    private FailedAnswers() {}

    private static Map<Answer.FailureKind, List<Answer.Failure>> byKind(List<Attempt> answered) {
        return answered.stream()
                .flatMap(attempt -> attempt.answer().failure().stream())
                .collect(Collectors.groupingBy(
                        Answer.Failure::kind, () -> new EnumMap<>(Answer.FailureKind.class), Collectors.toList()));
    }

    /** One line for each kind, with its count. */
    static void log(Logger log, String step, List<Attempt> answered) {
        byKind(answered)
                .forEach((kind, failures) -> log.warn(
                        "{}: {} of {} questions failed with {}, such as: {}",
                        step,
                        failures.size(),
                        answered.size(),
                        kind,
                        oneLine(failures.get(0).message())));
    }

    /** How often each kind occurred, under the names of metrics. */
    static Map<String, Double> counts(List<Attempt> answered) {
        return byKind(answered).entrySet().stream()
                .collect(Collectors.toMap(
                        kind -> "rollouts/failed_answers/"
                                + kind.getKey().name().toLowerCase(Locale.ROOT),
                        kind -> (double) kind.getValue().size()));
    }

    /** The most frequent kind with one of its messages; there must be a failure. */
    static String mostFrequent(List<Attempt> answered) {
        List<List<Answer.Failure>> kinds = new ArrayList<>(byKind(answered).values());
        kinds.sort((a, b) -> b.size() - a.size());
        Answer.Failure first = kinds.get(0).get(0);
        return first.kind() + ": " + oneLine(first.message());
    }

    static String oneLine(String message) {
        String line = message.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + " ...";
    }
}
