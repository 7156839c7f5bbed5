package dev.wst.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tokenizer whose control tokens have secret names with the same ids. What used to be their names is ordinary text to it,
 * so one call encodes a chat in which a message holds such names: everything else is cut as ever.
 */
final class RenamedTokens {
    /** No text holds this: Unicode assigns it to no character. */
    private static final String EDGE = Character.toString(0x10fffe);

    private final Map<String, String> names = new LinkedHashMap<>();

    RenamedTokens(Set<String> controlTokens) {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        String prefix = EDGE + HexFormat.of().formatHex(secret) + "-";
        controlTokens.forEach(token -> names.put(token, prefix + names.size() + EDGE));
    }

    /** The tree of the tokenizer.json with the names changed. */
    JsonNode applied(JsonNode tokenizer) {
        ObjectNode json = tokenizer.deepCopy();
        json.path("added_tokens").forEach(token -> rename((ObjectNode) token, "content"));
        if (json.path("model") instanceof ObjectNode model) {
            if (model.hasNonNull("unk_token")) {
                rename(model, "unk_token");
            }
            vocabulary(model);
            if (model.path("merges") instanceof ArrayNode merges) {
                ArrayNode kept = model.arrayNode();
                merges.forEach(merge -> {
                    if (!makesControlToken(merge)) {
                        kept.add(merge);
                    }
                });
                model.set("merges", kept);
            }
        }
        return json;
    }

    private void rename(ObjectNode node, String field) {
        String name = names.get(node.path(field).asText());
        if (name != null) {
            node.put(field, name);
        }
    }

    private void vocabulary(ObjectNode model) {
        if (model.path("vocab") instanceof ObjectNode vocabulary) {
            names.forEach((token, name) -> {
                JsonNode id = vocabulary.remove(token);
                if (id != null) {
                    vocabulary.set(name, id);
                }
            });
        } else {
            for (JsonNode piece : model.path("vocab")) {
                String name = names.get(piece.path(0).asText());
                if (name != null && piece instanceof ArrayNode pair) {
                    pair.set(0, name);
                }
            }
        }
    }

    /** Whether a merge needs, or gives, what is a control token no more. */
    private boolean makesControlToken(JsonNode merge) {
        String[] parts = merge.isArray()
                ? new String[] {merge.path(0).asText(), merge.path(1).asText()}
                : merge.asText().split(" ", 2);
        return names.containsKey(parts[0])
                || (parts.length > 1 && (names.containsKey(parts[1]) || names.containsKey(parts[0] + parts[1])));
    }

    /** The text with these control tokens under their secret names. */
    String applied(String text, List<ControlTokens.Place> places) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (ControlTokens.Place place : places) {
            out.append(text, from, place.at()).append(names.get(place.token().content()));
            from = place.at() + place.token().content().length();
        }
        return out.append(text, from, text.length()).toString();
    }
}
