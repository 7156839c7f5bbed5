package dev.wst.examples.torture;

import dev.wst.Answer.FailureKind;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server does instead of answering, or to its answer. */
enum Fault {
    /** 429. */
    BUSY(FailureKind.RATE_LIMIT),
    /** 429 with Retry-After in seconds. */
    BUSY_FOR_SECONDS(FailureKind.RATE_LIMIT),
    /** 429 with Retry-After as a date. */
    BUSY_UNTIL_DATE(FailureKind.RATE_LIMIT),
    /** 500. */
    BROKEN(FailureKind.ERROR),
    /** 503. */
    OVERLOADED(FailureKind.OVERLOADED),
    /** The connection is closed in the middle of the body. */
    CUT_BODY(FailureKind.BROKEN_OFF),
    /** The answer comes in two parts with a pause between them. */
    SLOW_BODY,
    /** A body that goes on for ever. */
    ENDLESS_BODY(FailureKind.TIMEOUT),
    MALFORMED_JSON(FailureKind.ERROR),
    /** An empty list of choices. */
    NO_CHOICES(FailureKind.ERROR),
    /** The page of a proxy, with status 200. */
    HTML_PAGE(FailureKind.ERROR),
    /** 404: there is no such model. */
    WRONG_MODEL(FailureKind.NOT_FOUND),
    FILTERED(FailureKind.CONTENT_FILTER);

    private final Optional<FailureKind> kind;

    Fault() {
        this.kind = Optional.empty();
    }

    Fault(FailureKind kind) {
        this.kind = Optional.of(kind);
    }

    /** What becomes of a question that it is done to; empty if the answer arrives all the same. */
    Optional<FailureKind> kind() {
        return kind;
    }

    /** Those after which the same question may be answered. */
    static Fault[] passing() {
        return Stream.of(values())
                .filter(fault -> fault.kind.map(FailureKind::isTemporary).orElse(true))
                .toArray(Fault[]::new);
    }
}
