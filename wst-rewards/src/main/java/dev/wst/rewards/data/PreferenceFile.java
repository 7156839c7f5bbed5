package dev.wst.rewards.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pairs of preferred and rejected replies in the form of HH-RLHF (Bai et al., arXiv 2204.05862): JSON lines of
 * {@code chosen} and {@code rejected}, each a whole transcript with turns after {@code \n\nHuman:} and
 * {@code \n\nAssistant:}. The context is what stands before the last reply; that both transcripts share it is checked, since a
 * few published pairs do not (5 of the 2312 in harmless-base/test).
 *
 * <pre>{@code
 * List<PreferencePair> pairs = PreferenceFile.read(Path.of("harmless-base-test.jsonl"), DifferentContexts.SKIP);
 * }</pre>
 */
public final class PreferenceFile {
    private static final Logger LOG = LoggerFactory.getLogger(PreferenceFile.class);
    private static final String ASSISTANT = "\n\nAssistant:";

    private PreferenceFile() {}

    /** All pairs, in order; a pair with different contexts is a fault. */
    public static List<PreferencePair> read(Path file) {
        return read(file, DifferentContexts.REFUSE);
    }

    /**
     * All pairs, in order.
     *
     * @throws TaskFileException if it cannot be read, holds no pair or a line is malformed
     */
    public static List<PreferencePair> read(Path file, DifferentContexts policy) {
        if (!Files.isRegularFile(file)) {
            throw new TaskFileException(file, "there is no such file", null);
        }
        List<PreferencePair> pairs = new ArrayList<>();
        List<Integer> skipped = new ArrayList<>();
        JsonFile.forEachLine(
                file,
                (value, line, place) ->
                        pair(value, place, policy).ifPresentOrElse(pairs::add, () -> skipped.add(line)));
        if (!skipped.isEmpty()) {
            LOG.warn("{}: left out {} pairs with different contexts, in lines {}", file, skipped.size(), skipped);
        }
        if (pairs.isEmpty()) {
            throw new TaskFileException(file, "there is no pair in it", null);
        }
        return List.copyOf(pairs);
    }

    private static Optional<PreferencePair> pair(JsonNode node, String place, DifferentContexts policy) {
        String chosen = transcript(node, "chosen");
        String rejected = transcript(node, "rejected");
        int end = contextEnd(chosen);
        if (end == contextEnd(rejected) && chosen.regionMatches(0, rejected, 0, end)) {
            return Optional.of(split(chosen, rejected, end, place));
        }
        return switch (policy) {
            case REFUSE ->
                throw new IllegalArgumentException("chosen and rejected differ before the last reply; read with "
                        + DifferentContexts.SKIP + " or " + DifferentContexts.SPLIT_WHERE_THEY_PART + " to go on");
            case SKIP -> Optional.empty();
            case SPLIT_WHERE_THEY_PART -> Optional.of(split(chosen, rejected, sharedEnd(chosen, rejected), place));
        };
    }

    private static PreferencePair split(String chosen, String rejected, int end, String place) {
        return new PreferencePair(place, chosen.substring(0, end), chosen.substring(end), rejected.substring(end));
    }

    private static String transcript(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("expected a transcript under " + name + ", got " + value.getNodeType());
        }
        if (!value.asText().contains(ASSISTANT)) {
            throw new IllegalArgumentException("the transcript under " + name + " has no turn of the assistant");
        }
        return value.asText();
    }

    private static int contextEnd(String transcript) {
        return transcript.lastIndexOf(ASSISTANT) + ASSISTANT.length();
    }

    private static int sharedEnd(String chosen, String rejected) {
        int shared = 0;
        while (shared < Math.min(chosen.length(), rejected.length())
                && chosen.charAt(shared) == rejected.charAt(shared)) {
            shared++;
        }
        int mark = chosen.lastIndexOf(ASSISTANT, shared - ASSISTANT.length());
        if (mark < 0) {
            throw new IllegalArgumentException("chosen and rejected differ before the assistant's first turn");
        }
        return mark + ASSISTANT.length();
    }
}
