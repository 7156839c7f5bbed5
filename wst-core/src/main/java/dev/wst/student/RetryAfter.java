package dev.wst.student;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When a server says it may be asked again (RFC 9110, section 10.2.3). */
final class RetryAfter {
    private static final int MILLIS_OF_SECOND = 1000;

    private RetryAfter() {}

    /** The pause that some headers ask for; empty if none, or one that cannot be read, is there. */
    static Optional<Duration> in(HttpHeaders headers, InstantSource clock) {
        return headers.firstValue("retry-after-ms")
                .flatMap(text -> scaled(text, 1))
                .or(() -> headers.firstValue("retry-after")
                        .flatMap(text -> scaled(text, MILLIS_OF_SECOND).or(() -> until(text, clock))));
    }

    private static Optional<Duration> scaled(String text, int factor) {
        try {
            double millis = Double.parseDouble(text.strip()) * factor;
            return millis >= 0 && millis < Integer.MAX_VALUE
                    ? Optional.of(Duration.ofMillis((long) Math.ceil(millis)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> until(String text, InstantSource clock) {
        try {
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
            Duration left = Duration.between(clock.instant(), date);
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
