package dev.wst.training;

import com.google.common.collect.Comparators;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.evaluation.Examiner;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again, with growing pauses, while a student answers nothing at all. A step without one answer would end the run, and
 * what the run has learned since it began with it.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Examiner examiner;
    private final Duration limit;
    private final Pauses pauses;

    /** @param limit the sum of all pauses of one step */
    Outage(Examiner examiner, Duration limit, Pauses pauses) {
        this.examiner = examiner;
        this.limit = limit;
        this.pauses = pauses;
    }

    /** One finished attempt for each advice, in order; without one answer only if the student stays silent to the limit. */
    List<Attempt> answer(List<Advice> advice, String step) {
        List<Attempt> answered = examiner.answer(advice);
        Duration left = limit;
        Duration growing = FIRST;
        while (nothingCame(answered)) {
            Duration pause = Comparators.max(growing, askedFor(answered));
            if (pause.compareTo(left) > 0) {
                break;
            }
            LOG.warn(
                    "{}: the student answered none of {} questions ({}); asking again in {} s, for {} s more at most",
                    step,
                    advice.size(),
                    FailedAnswers.mostFrequent(answered),
                    pause.toSeconds(),
                    left.toSeconds());
            Interruption.pause(pauses, pause, "while waiting for the student to come back, in " + step);
            left = left.minus(pause);
            growing = Comparators.min(growing.multipliedBy(2), LONGEST);
            answered = examiner.answer(advice);
        }
        return answered;
    }

    /** Whether all failed and some of it may pass. */
    private static boolean nothingCame(List<Attempt> answered) {
        return answered.stream().noneMatch(attempt -> attempt.answer().hasArrived())
                && answered.stream()
                        .flatMap(attempt -> attempt.answer().failure().stream())
                        .anyMatch(failure -> failure.kind().isTemporary());
    }

    private static Duration askedFor(List<Attempt> answered) {
        return answered.stream()
                .flatMap(attempt -> attempt.answer().failure().stream())
                .map(Answer.Failure::retryAfter)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
