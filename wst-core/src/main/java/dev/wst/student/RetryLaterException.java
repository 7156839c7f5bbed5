package dev.wst.student;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;

/** A server refused a request and said when to come again. */
final class RetryLaterException extends HttpException {
    private static final long serialVersionUID = 1L;

    private final Duration pause;

    RetryLaterException(int status, String message, Duration pause) {
        super(status, message);
        this.pause = pause;
    }

    Duration pause() {
        return pause;
    }
}
