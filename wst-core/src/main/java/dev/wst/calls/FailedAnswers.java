package dev.wst.calls;

import dev.wst.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts failed answers by their kind, for the log. */
final class FailedAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(StudentCalls.class);
    private static final int LONGEST_MESSAGE = 300;

    private FailedAnswers() {}

    private static Map<Answer.FailureKind, List<Answer.Failure>> byKind(List<Answer> answers) {
        return answers.stream()
                .flatMap(answer -> answer.failure().stream())
                .collect(Collectors.groupingBy(
                        Answer.Failure::kind, () -> new EnumMap<>(Answer.FailureKind.class), Collectors.toList()));
    }

    /** One line for each kind, with its count. */
    static void log(String step, List<Answer> answers) {
        byKind(answers)
                .forEach((kind, failures) -> LOG.warn(
                        "{}: {} of {} questions failed with {}, such as: {}",
                        step,
                        failures.size(),
                        answers.size(),
                        kind,
                        oneLine(failures.get(0).message())));
    }

    /** The most frequent kind with one of its messages; there must be a failure. */
    static String mostFrequent(List<Answer> answers) {
        List<List<Answer.Failure>> kinds = new ArrayList<>(byKind(answers).values());
        kinds.sort((a, b) -> b.size() - a.size());
        Answer.Failure first = kinds.get(0).get(0);
        return first.kind() + ": " + oneLine(first.message());
    }

    static String oneLine(String message) {
        String line = message.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + " ...";
    }
}
