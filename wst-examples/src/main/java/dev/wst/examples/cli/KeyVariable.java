package dev.wst.examples.cli;

import java.util.Optional;

/**
 * An environment variable with the key for a URL.
 *
 * @param option that names it
 * @param name OPENAI_API_KEY unless it was named
 */
record KeyVariable(String option, Optional<String> name) {
    /** Read where none was named; it need not be set, since servers of one's own ask for no key. */
    static final String USUAL = "OPENAI_API_KEY";

    /** @throws IllegalArgumentException if a variable was named that is not set */
    String key() {
        String key = System.getenv(name.orElse(USUAL));
        if (key != null && !key.isBlank()) {
            return key;
        }
        name.ifPresent(named -> {
            throw new IllegalArgumentException(option + " names " + named
                    + ", which is not set; put the key for the URL into it, or leave " + option + " out");
        });
        return "none";
    }
}
