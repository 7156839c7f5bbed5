package dev.wst.engine.tokenizer.jinja;

import java.util.Arrays;

/** Joins texts, each character keeping its origin. */
final class TextBuilder {
    /** Code points of one text: far above any prompt, far below a machine's memory. */
    private static final int LONGEST = 1 << 23;

    private int[] points = new int[32];
    private int length;

    TextBuilder append(Text text) {
        int[] more = text.marked();
        reserve(more.length);
        System.arraycopy(more, 0, points, length, more.length);
        length += more.length;
        return this;
    }

    TextBuilder append(String text) {
        return append(Text.of(text));
    }

    TextBuilder append(int marked) {
        reserve(1);
        points[length++] = marked;
        return this;
    }

    TextBuilder repeat(Text text, long times) {
        requireRoom(text.length() * Math.min(Math.max(0, times), 1L << 30) + length);
        for (long i = 0; i < times && text.length() > 0; i++) {
            append(text);
        }
        return this;
    }

    int length() {
        return length;
    }

    private void reserve(int more) {
        requireRoom((long) length + more);
        if (length + more > points.length) {
            points = Arrays.copyOf(points, Math.max(length + more, 2 * points.length));
        }
    }

    static void requireRoom(long size) {
        if (size > LONGEST || size < 0) {
            throw TemplateException.failed("a text or list of more than " + LONGEST + " elements came to be");
        }
    }

    Text text() {
        return new Text(Arrays.copyOf(points, length), false);
    }
}
