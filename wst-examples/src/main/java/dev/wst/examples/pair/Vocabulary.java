package dev.wst.examples.pair;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of the pair, each with the blank before it, and their tokenizer.json. */
final class Vocabulary {
    /** Ends a text. */
    static final int END = 0;

    private static final String SPLIT = "\\n\\n| ?[A-Za-z0-9]{2,}| ?[^ \\n]|\\s";

    private final List<String> words;

    Vocabulary() {
        Set<String> all =
                new LinkedHashSet<>(List.of("<end>", "<unknown>", "\n\n", ",", ".", ":", " answer", " yes", " no"));
        for (Kind kind : Kind.values()) {
            kind.questions().forEach(text -> all.addAll(pieces(text)));
            kind.methods().forEach(text -> all.addAll(pieces(text)));
        }
        for (char letter = 'a'; letter <= 'q'; letter++) {
            all.add(" " + letter);
        }
        for (int number = 0; number < 40; number++) {
            all.add(" " + number);
        }
        words = new ArrayList<>(all);
    }

    private static Collection<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = Pattern.compile(SPLIT).matcher(text);
        while (matcher.find()) {
            pieces.add(matcher.group());
        }
        return pieces;
    }

    int size() {
        return words.size();
    }

    String word(int id) {
        return words.get(id);
    }

    /** In the form of the tokenizers library: whole words, joined again without anything between. */
    String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode().put("version", "1.0");
        json.putNull("truncation").putNull("padding");
        json.putArray("added_tokens")
                .addObject()
                .put("id", END)
                .put("content", "<end>")
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
        json.putNull("normalizer");
        ObjectNode split = json.putObject("pre_tokenizer").put("type", "Split");
        split.putObject("pattern").put("Regex", SPLIT);
        split.put("behavior", "Isolated").put("invert", false);
        json.putNull("post_processor");
        json.putObject("decoder").put("type", "Fuse");
        ObjectNode model = json.putObject("model").put("type", "WordLevel").put("unk_token", "<unknown>");
        ObjectNode ids = model.putObject("vocab");
        for (int i = 0; i < words.size(); i++) {
            ids.put(words.get(i), i);
        }
        return json.toString();
    }
}
