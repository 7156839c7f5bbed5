package dev.wst.calls;

import dev.wst.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts failed answers by their kind, for the log, and tells a step in which no answer arrived. */
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

    /**
     * Which questions to ask again when all others have ended: where the student answered none, those whose failure may pass; else
     * those that reached nobody.
     *
     * @return one for each answer, in order
     */
    static List<Boolean> toAskAgain(List<Answer> answers) {
        boolean none = answers.stream().noneMatch(Answer::hasArrived);
        return answers.stream()
                .map(answer -> answer.failure()
                        .map(Answer.Failure::kind)
                        .filter(kind -> none ? kind.isTemporary() : kind == Answer.FailureKind.UNREACHABLE)
                        .isPresent())
                .toList();
    }

    /** That there are such. */
    static Optional<Outage.Silence> silence(List<Answer> answers) {
        long again = toAskAgain(answers).stream().filter(one -> one).count();
        if (again == 0) {
            return Optional.empty();
        }
        Duration askedFor = answers.stream()
                .flatMap(answer -> answer.failure().stream())
                .map(Answer.Failure::retryAfter)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        boolean none = answers.stream().noneMatch(Answer::hasArrived);
        return Optional.of(new Outage.Silence(
                (none
                                ? "the student answered none of " + answers.size() + " questions"
                                : "the student could not be reached for " + again + " of " + answers.size()
                                        + " questions")
                        + " (" + mostFrequent(answers) + ")",
                askedFor));
    }

    /** The most frequent kind with one of its messages; there must be a failure. */
    private static String mostFrequent(List<Answer> answers) {
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
