package dev.wst.rewards.code;

import java.util.Objects;

/**
 * A program and the tests it is to pass.
 *
 * @param program the candidate's source; not trusted
 * @param entryPoint the function that is tested; the tests call it by this name or as {@code candidate}
 * @param support trusted source that runs before the tests, such as helpers and set-up; may be empty
 * @param tests trusted source. Its statements run in order; every assertion and every bare expression, such as
 *     {@code check(candidate)}, is one check, and all must end without an exception
 */
public record Submission(String program, String entryPoint, String support, String tests) {
    public Submission {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(support, "support");
        if (!entryPoint.matches("[A-Za-z_][A-Za-z_0-9]*")) {
            throw new IllegalArgumentException("the entry point must be a name, got: " + entryPoint);
        }
        if (tests.isBlank()) {
            throw new IllegalArgumentException("a program without tests would pass; entry point " + entryPoint);
        }
    }
}
