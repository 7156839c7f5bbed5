package dev.wst.calls;

import com.google.common.collect.Comparators;
import dev.wst.InterruptedRunException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again, with growing pauses, while something is missing that may come later. A step without one answer or verdict would end
 * the run, and what the run has learned since it began with it.
 *
 * @param limit the sum of all pauses of one step
 * @param pauses waits
 * @param step names the step in the log
 */
record Outage(Duration limit, Consumer<Duration> pauses, String step) {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /**
     * Something did not come, but may later.
     *
     * @param what happened, for the log
     * @param askedFor how long whoever is silent asked to be left alone
     */
    record Silence(String what, Duration askedFor) {}

    /**
     * What is asked for; without anything in it only if the silence lasts to the limit.
     *
     * @param ask asks once
     * @param heard whether that was silence
     */
    <T> List<T> ask(Supplier<List<T>> ask, Function<List<T>, Optional<Silence>> heard) {
        List<T> answers = ask.get();
        Duration left = limit;
        Duration growing = FIRST;
        for (Optional<Silence> silence = heard.apply(answers); silence.isPresent(); silence = heard.apply(answers)) {
            Duration pause = Comparators.max(growing, silence.get().askedFor());
            if (pause.compareTo(left) > 0) {
                LOG.warn(
                        "{}: {}; it is not asked again, since {} of the {} s that an outage may last have passed and the"
                                + " next pause would be {} s. A run that ends by this can be resumed when the outage is over",
                        step,
                        silence.get().what(),
                        limit.minus(left).toSeconds(),
                        limit.toSeconds(),
                        pause.toSeconds());
                break;
            }
            LOG.warn(
                    "{}: {}; asking again in {} s, for {} s more at most",
                    step,
                    silence.get().what(),
                    pause.toSeconds(),
                    left.toSeconds());
            InterruptedRunException.check("during an outage, in " + step);
            pauses.accept(pause);
            left = left.minus(pause);
            growing = Comparators.min(growing.multipliedBy(2), LONGEST);
            answers = ask.get();
        }
        return answers;
    }
}
