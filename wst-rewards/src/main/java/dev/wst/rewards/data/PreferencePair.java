package dev.wst.rewards.data;

import dev.wst.Task;
import java.util.Map;
import java.util.Optional;

/**
 * Two replies to the same dialogue, of which people preferred one.
 *
 * <pre>{@code
 * PreferencePair pair =
 *         new PreferencePair("1", "What is 6 times 7?", "6 times 7 is 42.", "Who wants to know?");
 * }</pre>
 *
 * @param id unique within its file
 * @param context the dialogue up to and with the mark of the speaker whose turn it is
 * @param chosen the preferred reply, as published: usually with a blank in front, sometimes empty
 * @param rejected the other reply
 */
public record PreferencePair(String id, String context, String chosen, String rejected) {

    public PreferencePair {
        if (context.isBlank()) {
            throw new IllegalArgumentException("the pair " + id + " has replies to nothing: its context is blank");
        }
    }

    /** The dialogue as a task: the chosen reply is its reference, the rejected one its attribute {@code rejected}. */
    public Task task() {
        return new Task(id, context, Optional.of(chosen), Map.of("rejected", rejected));
    }
}
