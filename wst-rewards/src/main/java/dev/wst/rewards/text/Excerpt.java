package dev.wst.rewards.text;

import java.nio.charset.StandardCharsets;

/**
 * The beginning of a text that a model of bounded input can take. Models refuse what is longer than they read, and a reward
 * that is missing for long answers would let a student make its failures leave the batch.
 */
public final class Excerpt {
    /** Bytes of UTF-8 that models with room for 8192 tokens take: a tokenizer makes no more tokens than there are bytes. */
    public static final int LONGEST = 8000;

    private Excerpt() {}

    /** As many whole characters from the beginning as fit. */
    public static String of(String text, int bytes) {
        if (text.length() <= bytes / 3) {
            return text;
        }
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        if (all.length <= bytes) {
            return text;
        }
        int end = bytes;
        while (end > 0 && (all[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(all, 0, end, StandardCharsets.UTF_8);
    }
}
