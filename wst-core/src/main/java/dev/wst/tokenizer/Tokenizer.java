package dev.wst.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import dev.wst.ClosedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

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

    private final HuggingFaceTokenizer tokenizer;
    private boolean closed;

    private Tokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Reads tokenizer.json.
     *
     * @param file the file itself
     * @throws TokenizerException if it is missing or damaged
     */
    public static Tokenizer read(Path file) {
        try {
            return ofJson(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new TokenizerException(file + " cannot be read: " + e, e);
        }
    }

    /**
     * Builds a tokenizer from the text of a tokenizer.json.
     *
     * @param origin for messages
     */
    static Tokenizer ofJson(byte[] json, String origin) {
        optOutOfTracking();
        try {
            return new Tokenizer(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS));
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

    /** Ids of a text. Special tokens written in it become themselves; none are added. */
    public int[] encode(String text) {
        return text.isEmpty() ? new int[0] : encode(text, false);
    }

    /** Ids of a text that stands alone: with the tokens that the tokenizer puts around it, such as one that begins texts. */
    public int[] encodeAlone(String text) {
        return encode(text, true);
    }

    private synchronized int[] encode(String text, boolean addSpecialTokens) {
        long[] ids = open().encode(text, addSpecialTokens, false).getIds();
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
        }
    }
}
