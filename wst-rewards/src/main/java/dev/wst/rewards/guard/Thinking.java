package dev.wst.rewards.guard;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model writes for itself between tags, before or between what it says.
 *
 * <pre>{@code
 * String said = new Thinking(List.of("think")).removed("<think>A or B?</think>B");    // "B"
 * }</pre>
 */
public final class Thinking {
    private final Pattern tag;

    /** @param names of the tags around it, in any case */
    public Thinking(List<String> names) {
        tag = Pattern.compile(
                "<(/?)(?:" + String.join("|", names.stream().map(Pattern::quote).toList()) + ")>",
                Pattern.CASE_INSENSITIVE);
    }

    /**
     * A text without its thinking, without everything after one that never ends, and without everything before one that never
     * begins, as templates open it themselves.
     */
    public String removed(String text) {
        StringBuilder kept = new StringBuilder();
        Matcher next = tag.matcher(text);
        int depth = 0;
        int from = 0;
        while (next.find()) {
            boolean opens = next.group(1).isEmpty();
            if (depth == 0 && opens) {
                kept.append(text, from, next.start());
            } else if (depth == 0) {
                kept.setLength(0);
            }
            depth = opens ? depth + 1 : Math.max(0, depth - 1);
            from = next.end();
        }
        return depth == 0 ? kept.append(text, from, text.length()).toString() : kept.toString();
    }
}
