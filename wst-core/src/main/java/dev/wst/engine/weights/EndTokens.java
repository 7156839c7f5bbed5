package dev.wst.engine.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tokens that end a text in a GGUF file, as llama.cpp has them: those that the file gives by number, and those that are known
 * by name. Unlike there, what is known by name must be marked as added to the vocabulary, as a control token or a user-defined one:
 * where {@code </s>} is a piece of text that merges lead to, it is HTML.
 */
public final class EndTokens {
    private static final List<String> NUMBERED = List.of("eos", "eot", "eom");

    private static final Set<String> NAMES = Set.of(
            "<|eot_id|>",
            "<|eom_id|>",
            "<|im_end|>",
            "<|ifm|im_end|>",
            "<|end|>",
            "<|return|>",
            "<|call|>",
            "<|calls|>",
            "<|flush|>",
            "<|endoftext|>",
            "<|end_of_text|>",
            "<end_of_turn>",
            "<end_of_utterance>",
            "<\uff5cend\u2581of\u2581sentence\uff5c>",
            "<EOT>",
            "_<EOT>",
            "[EOT]",
            "[EOS]",
            "<eos>",
            "</s>");

    /** Of models of code: what separates files. Known by name only where the file gives no number. */
    private static final Map<String, Set<String>> NUMBERED_OR_NAMED = Map.of(
            "fim_pad", Set.of("<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>", "[PAD]"),
            "fim_rep", Set.of("<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<REPO>", "<reponame>"),
            "fim_sep", Set.of("<|file_sep|>"));

    private EndTokens() {}

    /**
     * Those of a file.
     *
     * @throws ModelFileException if a number is none of a token
     */
    public static Set<Integer> of(Gguf gguf) {
        Set<Integer> ends = new TreeSet<>();
        NUMBERED.forEach(role -> gguf.token(role).ifPresent(ends::add));
        Set<String> names = new HashSet<>(NAMES);
        NUMBERED_OR_NAMED.forEach(
                (role, named) -> gguf.token(role).ifPresentOrElse(ends::add, () -> names.addAll(named)));
        Map<String, Integer> added = added(gguf);
        ends.addAll(numbers(added, names));
        if (endsMessages(added)) {
            ends.remove(added.get("<|end|>"));
        }
        return ends;
    }

    /**
     * Those that a reader finds in a file that does not give their numbers.
     *
     * @param added the tokens marked as added to the vocabulary, with their numbers
     */
    public static Set<Integer> knownByName(Map<String, Integer> added) {
        List<String> names = new ArrayList<>(NAMES);
        NUMBERED_OR_NAMED.values().forEach(names::addAll);
        return numbers(added, names);
    }

    private static Set<Integer> numbers(Map<String, Integer> added, Collection<String> names) {
        Set<Integer> numbers = new TreeSet<>();
        added.forEach((name, number) -> {
            if (names.contains(name)) {
                numbers.add(number);
            }
        });
        return numbers;
    }

    /** Whether a text goes on after {@code <|end|>}, as with gpt-oss and Solar Open, whose turns have several messages. */
    private static boolean endsMessages(Map<String, Integer> added) {
        return added.containsKey("<|end|>")
                && (added.containsKey("<|call|>") || added.containsKey("<|calls|>"))
                && (added.containsKey("<|return|>") || added.containsKey("<|flush|>"));
    }

    private static Map<String, Integer> added(Gguf gguf) {
        List<?> texts = gguf.list("tokenizer.ggml.tokens").orElse(List.of());
        List<?> types = gguf.list("tokenizer.ggml.token_type").orElse(List.of());
        Map<String, Integer> added = new HashMap<>();
        for (int i = 0; i < Math.min(texts.size(), types.size()); i++) {
            if (types.get(i) instanceof Long type && (type == TokenType.CONTROL || type == TokenType.USER_DEFINED)) {
                added.put(String.valueOf(texts.get(i)), i);
            }
        }
        return added;
    }
}
