package dev.wst;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A call of a model before it is made: what its answer depends on, and how many tokens it may take.
 *
 * <pre>{@code
 * ModelCall call = student.call(Advice.of(task, Instruction.fixed("Work it out.")));
 * }</pre>
 *
 * @param model its name, under which prices are looked up; empty if nobody knows it
 * @param content everything else that the answer depends on (provider, messages, parameters), as one text: different calls
 *     of a model have different ones
 * @param inputTokens at most so many, 0 or more
 * @param outputTokens at most so many, 1 or more; empty where nothing bounds them
 */
public record ModelCall(String model, String content, int inputTokens, OptionalInt outputTokens) {
    /** A chat template puts a few tokens of its own around each message. */
    private static final int TOKENS_AROUND_MESSAGE = 16;

    public ModelCall {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(content, "content");
        if (inputTokens < 0) {
            throw new IllegalArgumentException("the bound of the input tokens must be at least 0, got " + inputTokens);
        }
        if (outputTokens.isPresent() && outputTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("the bound of the output tokens must be at least 1, got "
                    + outputTokens.getAsInt() + "; leave it empty where there is none");
        }
    }

    /**
     * The call of a student of which nothing is known but the advice: no model, no bound of the output.
     *
     * <p>A byte of text is at most one token, so the bytes of all texts bound the input.
     */
    public static ModelCall of(Advice advice) {
        List<String> told = new ArrayList<>(
                List.of(advice.task().prompt(), advice.instruction().text()));
        for (Attempt earlier : advice.situation().earlier()) {
            told.add(earlier.instruction().text());
            told.add(earlier.answer().text());
        }
        List<String> untold = new ArrayList<>(List.of(advice.task().id()));
        new TreeMap<>(advice.task().attributes()).forEach((name, value) -> untold.addAll(List.of(name, value)));
        long input = told.stream()
                .mapToLong(text -> tokens(text) + TOKENS_AROUND_MESSAGE)
                .sum();
        String content = joined(List.of(joined(told), joined(untold)));
        return new ModelCall("", content, (int) Math.min(input, Integer.MAX_VALUE), OptionalInt.empty());
    }

    /**
     * Whether its model has a name. Calls of two students without one may be equal though the students differ, so their
     * answers must not share a store.
     */
    public boolean hasModel() {
        return !model.isEmpty();
    }

    /** The same call of a model of this name. */
    public ModelCall withModel(String name) {
        return new ModelCall(name, content, inputTokens, outputTokens);
    }

    /** Texts as one text, each with its length before it, so that different lists never make the same text. */
    public static String joined(List<String> texts) {
        StringBuilder joined = new StringBuilder();
        texts.forEach(text -> joined.append(text.length()).append(':').append(text));
        return joined.toString();
    }

    /** The most tokens that a text may be: its bytes in UTF-8, since no tokenizer of bytes or of pieces makes more. */
    public static long tokens(String text) {
        return text.codePoints()
                .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }
}
