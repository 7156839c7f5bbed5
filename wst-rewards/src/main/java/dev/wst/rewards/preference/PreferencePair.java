package dev.wst.rewards.preference;

/**
 * Two replies in one situation, of which people preferred one.
 *
 * @param context the question or the dialogue so far
 * @param chosen the reply that was preferred
 * @param rejected the other one
 */
public record PreferencePair(String context, String chosen, String rejected) {
    public PreferencePair {
        if (context.isBlank()) {
            throw new IllegalArgumentException("a pair of replies needs a context");
        }
    }
}
