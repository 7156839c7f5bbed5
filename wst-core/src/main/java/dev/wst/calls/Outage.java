package dev.wst.calls;

import com.google.common.collect.Comparators;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.InterruptedRunException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again, with growing pauses, while a student answers nothing at all. A step without one answer would end the run, and
 * what the run has learned since it began with it.
 *
 * @param limit the sum of all pauses of one step
 */
record Outage(StudentCalls student, Duration limit, Consumer<Duration> pauses) {
    private static final Logger LOG = LoggerFactory.getLogger(StudentCalls.class);
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** One answer for each advice, in order; none arrived only if the student stays silent to the limit. */
    List<Answer> answer(List<Advice> advice, String step) {
        List<Answer> answers = student.answer(advice);
        Duration left = limit;
        Duration growing = FIRST;
        while (nothingCame(answers)) {
            Duration pause = Comparators.max(growing, askedFor(answers));
            if (pause.compareTo(left) > 0) {
                break;
            }
            LOG.warn(
                    "{}: the student answered none of {} questions ({}); asking again in {} s, for {} s more at most",
                    step,
                    advice.size(),
                    FailedAnswers.mostFrequent(answers),
                    pause.toSeconds(),
                    left.toSeconds());
            InterruptedRunException.check("while waiting for the student to come back, in " + step);
            pauses.accept(pause);
            left = left.minus(pause);
            growing = Comparators.min(growing.multipliedBy(2), LONGEST);
            answers = student.answer(advice);
        }
        return answers;
    }

    /** Whether all failed and some of it may pass. */
    private static boolean nothingCame(List<Answer> answers) {
        return answers.stream().noneMatch(Answer::hasArrived)
                && answers.stream()
                        .flatMap(answer -> answer.failure().stream())
                        .anyMatch(failure -> failure.kind().isTemporary());
    }

    private static Duration askedFor(List<Answer> answers) {
        return answers.stream()
                .flatMap(answer -> answer.failure().stream())
                .map(Answer.Failure::retryAfter)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
