package dev.wst.engine.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import dev.wst.ClosedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text to token ids and back, exactly as the Python tokenizers library does it. Safe for use by several threads.
 *
 * <p>The library behind it, DJL, asks its maker's server once whether it runs on EC2, unless the system property
 * {@code OPT_OUT_TRACKING} is true. It is set here where nobody has set it: no connection is opened unless somebody asks for
 * it with {@code -DOPT_OUT_TRACKING=false}.
 */
public final class Tokenizer implements AutoCloseable {
    private static final String TRACKING = "OPT_OUT_TRACKING";
    private static final Map<String, String> OPTIONS =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HuggingFaceTokenizer tokenizer;
    private final byte[] json;
    private final ControlTokens controlTokens;
    private boolean closed;

    /** Made when a text first holds the name of a control token. */
    private @Nullable Renamed renamed;

    private record Renamed(RenamedTokens names, HuggingFaceTokenizer tokenizer) {}

    private Tokenizer(HuggingFaceTokenizer tokenizer, byte[] json, ControlTokens controlTokens) {
        this.tokenizer = tokenizer;
        this.json = json;
        this.controlTokens = controlTokens;
    }

    /**
     * Reads tokenizer.json.
     *
     * @param file the file itself
     * @throws TokenizerException if it is missing or damaged
     */
    public static Tokenizer read(Path file) {
        return read(file, "");
    }

    /**
     * Reads tokenizer.json.
     *
     * @param template the source of the chat template beside it; empty for none
     */
    static Tokenizer read(Path file, String template) {
        try {
            return ofJson(Files.readAllBytes(file), file.toString(), template);
        } catch (IOException e) {
            throw new TokenizerException(file + " cannot be read: " + e, e);
        }
    }

    /**
     * Builds a tokenizer from the text of a tokenizer.json.
     *
     * @param origin for messages
     * @param template the source of the chat template beside it; empty for none
     */
    static Tokenizer ofJson(byte[] json, String origin, String template) {
        optOutOfTracking();
        try {
            return new Tokenizer(tokenizer(json), json, new ControlTokens(MAPPER.readTree(json), template));
        } catch (IOException | RuntimeException e) {
            String head = new String(json, 0, Math.min(json.length, 40), StandardCharsets.UTF_8);
            throw new TokenizerException(
                    origin + " is no tokenizer that can be loaded (it begins with " + head + "): " + e.getMessage(), e);
        }
    }

    private static void optOutOfTracking() {
        if (System.getProperty(TRACKING) == null && System.getenv(TRACKING) == null) {
            System.setProperty(TRACKING, "true");
        }
    }

    private static HuggingFaceTokenizer tokenizer(byte[] json) throws IOException {
        return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS);
    }

    /** Ids of a text. Special tokens written in it become themselves; none are added. */
    public int[] encode(String text) {
        return text.isEmpty() ? new int[0] : encode(text, false);
    }

    /** Ids of a text that stands alone: with the tokens that the tokenizer puts around it, such as one that begins texts. */
    public int[] encodeAlone(String text) {
        return encode(text, true);
    }

    /**
     * Ids of a text of which messages brought parts: there the names of control tokens are text like any other. A text whose
     * messages hold none gets the ids that {@link #encode(String)} gives.
     *
     * @param foreign the chars that messages brought
     * @param alone whether the tokens belong to it that the tokenizer puts around a text
     */
    int[] encode(String text, BitSet foreign, boolean alone) {
        List<ControlTokens.Place> written = controlTokens.written(text, foreign);
        List<Integer> expected =
                written.stream().map(place -> place.token().id()).toList();
        int[] plain = encode(text);
        // Compared by ids, as a normaliser may turn what looks different into a control token.
        if (controlTokens.among(plain).equals(expected)) {
            return alone ? encodeAlone(text) : plain;
        }
        return encodeRenamed(text, written, alone);
    }

    private synchronized int[] encodeRenamed(String text, List<ControlTokens.Place> written, boolean alone) {
        open();
        if (renamed == null) {
            RenamedTokens names = new RenamedTokens(controlTokens.contents());
            try {
                renamed = new Renamed(names, tokenizer(MAPPER.writeValueAsBytes(names.applied(MAPPER.readTree(json)))));
            } catch (IOException | RuntimeException e) {
                throw new TokenizerException(
                        "a message holds the name of a control token, and a tokenizer to which it is text cannot be"
                                + " made: " + e.getMessage(),
                        e);
            }
        }
        return encode(renamed.tokenizer, renamed.names.applied(text, written), alone);
    }

    private synchronized int[] encode(String text, boolean addSpecialTokens) {
        return encode(open(), text, addSpecialTokens);
    }

    private static int[] encode(HuggingFaceTokenizer tokenizer, String text, boolean addSpecialTokens) {
        long[] ids = tokenizer.encode(text, addSpecialTokens, false).getIds();
        int[] tokens = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            tokens[i] = Math.toIntExact(ids[i]);
        }
        return tokens;
    }

    /** Whether there is a token of that number. */
    public synchronized boolean knows(int token) {
        return !open().decode(new long[] {token}, false).isEmpty();
    }

    /** The text of some ids, special tokens left out. */
    public synchronized String decode(int... tokens) {
        return tokens.length == 0 ? "" : open().decode(Longs.toArray(Ints.asList(tokens)), true);
    }

    private HuggingFaceTokenizer open() {
        if (closed) {
            throw new ClosedException("this tokenizer is closed");
        }
        return tokenizer;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            tokenizer.close();
            if (renamed != null) {
                renamed.tokenizer.close();
            }
        }
    }
}
