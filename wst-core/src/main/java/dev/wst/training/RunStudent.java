package dev.wst.training;

import dev.wst.StudentClient;
import dev.wst.calls.CallLimits;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A student of a run.
 *
 * @param name empty for one that is alone
 * @param limits its own; empty for those of the run
 */
record RunStudent(Optional<String> name, StudentClient client, Optional<CallLimits> limits) {
    /** Names become parts of metrics' names, which a slash divides. */
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9._:-]+");

    RunStudent {
        Objects.requireNonNull(client, "student");
        name.filter(one -> !NAMES.matcher(one).matches()).ifPresent(one -> {
            throw new IllegalArgumentException(
                    "a student's name is of letters, digits and '.', '_', ':', '-', got \"" + one + "\"");
        });
    }

    static RunStudent alone(StudentClient client) {
        return new RunStudent(Optional.empty(), client, Optional.empty());
    }

    static RunStudent named(String name, StudentClient client) {
        return new RunStudent(Optional.of(name), client, Optional.empty());
    }

    RunStudent withLimits(CallLimits value) {
        return new RunStudent(name, client, Optional.of(value));
    }
}
