package dev.wst.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens with which a template says who speaks: all special ones of a tokenizer, and those of its other added tokens
 * that the template itself writes, as DeepSeek's, whose turns begin with tokens that are not marked as special.
 */
final class ControlTokens {
    private final Set<String> contents = new LinkedHashSet<>();
    private final Set<Integer> ids = new HashSet<>();
    private final Map<Character, List<Token>> byFirst = new HashMap<>();

    /** A control token. */
    record Token(String content, int id) {}

    /**
     * Finds them.
     *
     * @param tokenizer the tree of a tokenizer.json
     * @param template the source of a chat template; empty for none
     */
    ControlTokens(JsonNode tokenizer, String template) {
        for (JsonNode token : tokenizer.path("added_tokens")) {
            String content = token.path("content").asText();
            if (!content.isEmpty() && (token.path("special").asBoolean() || template.contains(content))) {
                int id = token.path("id").asInt();
                contents.add(content);
                ids.add(id);
                byFirst.computeIfAbsent(content.charAt(0), first -> new ArrayList<>())
                        .add(new Token(content, id));
            }
        }
        byFirst.values().forEach(list -> list.sort(Comparator.comparing(token -> -token.content.length())));
    }

    Set<String> contents() {
        return contents;
    }

    /** Where a control token stands in a text. */
    record Place(int at, Token token) {}

    /** Those that the template wrote: no character of them comes from a message. */
    List<Place> written(String text, BitSet foreign) {
        List<Place> places = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            Optional<Token> here = longest(text, at, foreign);
            if (here.isPresent()) {
                places.add(new Place(at, here.get()));
                at += here.get().content.length();
            } else {
                at++;
            }
        }
        return places;
    }

    private Optional<Token> longest(String text, int at, BitSet foreign) {
        if (foreign.get(at)) {
            return Optional.empty();
        }
        int next = foreign.nextSetBit(at);
        int end = next < 0 ? text.length() : next;
        return byFirst.getOrDefault(text.charAt(at), List.of()).stream()
                .filter(token -> at + token.content.length() <= end && text.startsWith(token.content, at))
                .findFirst();
    }

    /** The control tokens among some ids, in order. */
    List<Integer> among(int[] tokens) {
        List<Integer> found = new ArrayList<>();
        for (int token : tokens) {
            if (ids.contains(token)) {
                found.add(token);
            }
        }
        return found;
    }
}
