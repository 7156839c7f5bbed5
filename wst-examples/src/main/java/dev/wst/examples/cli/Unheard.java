package dev.wst.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Options that were given though nobody would hear them, because what they belong to is not there. */
final class Unheard {
    private final List<String> options = new ArrayList<>();

    /** One of them, if it was given. */
    Unheard with(String option, Optional<?> value) {
        return with(option, value.isPresent());
    }

    /** One of them, if it was given. */
    Unheard with(String option, boolean isGiven) {
        if (isGiven) {
            options.add(option);
        }
        return this;
    }

    /**
     * Refuses them.
     *
     * @param owner what they belong to, which could be given too
     */
    void refuseWithout(String owner) {
        refuse(owner + "; give that, or leave ");
    }

    /**
     * Refuses them.
     *
     * @param owner what they belong to, which has no place here
     */
    void refuseBeside(String owner) {
        refuse(owner + "; leave ");
    }

    private void refuse(String what) {
        if (options.isEmpty()) {
            return;
        }
        int last = options.size() - 1;
        throw new IllegalArgumentException(
                last == 0
                        ? options.get(0) + " is an option of " + what + "it out"
                        : String.join(", ", options.subList(0, last)) + " and " + options.get(last) + " are options of "
                                + what + "them out");
    }
}
