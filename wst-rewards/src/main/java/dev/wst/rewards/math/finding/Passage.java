package dev.wst.rewards.math.finding;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The part of a completion that is meant as the answer: what comes after the thinking, and before the completion runs on
 * into a turn that nobody asked for.
 */
public final class Passage {
    private static final List<String> THINKING =
            List.of("think", "thinking", "thought", "reasoning", "reason", "scratchpad", "|begin_of_thought|");
    private static final List<String> FINAL = List.of(
            "<|begin_of_solution|>", "<|channel|>final<|message|>", "<|start_header_id|>assistant<|end_header_id|>");
    private static final List<String> STOPS = List.of(
            "<|im_end|>",
            "<|im_start|>",
            "<|end_of_solution|>",
            "<|endoftext|>",
            "<|eot_id|>",
            "<|end|>",
            "<|return|>",
            "</s>");

    private Passage() {}

    /** The answering part; empty if the text ends within its thinking. */
    public static Optional<String> of(String text) {
        String rest = text;
        for (String name : THINKING) {
            Optional<String> after = afterThinking(rest, opening(name), closing(name));
            if (after.isEmpty()) {
                return after;
            }
            rest = after.get();
        }
        for (String mark : FINAL) {
            int at = rest.lastIndexOf(mark);
            rest = at < 0 ? rest : rest.substring(at + mark.length());
        }
        return Optional.of(beforeStop(rest));
    }

    private static String opening(String name) {
        return "<" + name + ">";
    }

    private static String closing(String name) {
        return name.startsWith("|") ? "<" + name.replace("begin", "end") + ">" : "</" + name + ">";
    }

    private static Optional<String> afterThinking(String text, String opening, String closing) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.length() != text.length()) {
            lower = text; // some letters change length with case; tags in capitals are not worth a wrong cut
        }
        int close = lower.lastIndexOf(closing);
        int open = lower.lastIndexOf(opening);
        if (open > close) {
            return close < 0 && !lower.substring(0, open).isBlank()
                    ? Optional.of(text.substring(0, open))
                    : Optional.<String>empty();
        }
        return Optional.of(close < 0 ? text : text.substring(close + closing.length()));
    }

    private static String beforeStop(String text) {
        String body = text.stripLeading();
        int end = body.length();
        for (String stop : STOPS) {
            int at = body.indexOf(stop);
            if (at > 0) {
                end = Math.min(end, at);
            }
        }
        return body.substring(0, Math.min(end, Turns.next(body)));
    }
}
