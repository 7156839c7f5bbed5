package dev.wst.engine.tokenizer.jinja;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * A Python string: a sequence of code points, each of which knows whether a message brought it or the template wrote it.
 * Equality looks at the characters alone.
 */
public final class Text implements Comparable<Text> {
    static final Text EMPTY = new Text(new int[0], false);

    /** Above all code points. */
    private static final int FOREIGN = 1 << 30;

    private final int[] points;
    private final boolean escaped;

    Text(int[] points, boolean escaped) {
        this.points = points;
        this.escaped = escaped;
    }

    /** What the template, or the library, wrote. */
    public static Text of(String value) {
        return new Text(value.codePoints().toArray(), false);
    }

    /** What a message brought. */
    public static Text foreign(String value) {
        return new Text(value.codePoints().map(p -> p | FOREIGN).toArray(), false);
    }

    int length() {
        return points.length;
    }

    int at(int index) {
        return points[index] & ~FOREIGN;
    }

    /** Whether this is what Python calls Markup: text that the filters {@code e} and {@code safe} give. */
    boolean isEscaped() {
        return escaped;
    }

    Text asEscaped() {
        return new Text(points, true);
    }

    Text plain() {
        return escaped ? new Text(points, false) : this;
    }

    /** Code points with the mark of where they came from, for {@link TextBuilder}. */
    int[] marked() {
        return points;
    }

    Text slice(int from, int to) {
        return new Text(Arrays.copyOfRange(points, from, to), escaped);
    }

    Text slice(int from) {
        return slice(from, points.length);
    }

    Text plus(Text more) {
        return new TextBuilder().append(this).append(more).text();
    }

    /** Every character replaced by a string, which came from where the character came from. */
    Text map(IntFunction<String> each) {
        TextBuilder out = new TextBuilder();
        for (int point : points) {
            int mark = point & FOREIGN;
            each.apply(point & ~FOREIGN).codePoints().forEach(p -> out.append(p | mark));
        }
        Text mapped = out.text();
        return escaped ? mapped.asEscaped() : mapped;
    }

    /** A string that was made of this one as a whole: from a message if any part of this is. */
    Text remade(String value) {
        return foreign() ? foreign(value) : of(value);
    }

    private boolean foreign() {
        return Arrays.stream(points).anyMatch(p -> (p & FOREIGN) != 0);
    }

    boolean startsWith(Text what, int from) {
        if (from < 0 || from + what.points.length > points.length) {
            return false;
        }
        for (int i = 0; i < what.points.length; i++) {
            if (at(from + i) != what.at(i)) {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(String what) {
        return startsWith(of(what), 0);
    }

    int indexOf(Text what, int from) {
        for (int i = from; i + what.points.length <= points.length; i++) {
            if (startsWith(what, i)) {
                return i;
            }
        }
        return -1;
    }

    /** The last place at or before {@code from}. */
    int lastIndexOf(Text what, int from) {
        for (int i = Math.min(from, points.length - what.points.length); i >= 0; i--) {
            if (startsWith(what, i)) {
                return i;
            }
        }
        return -1;
    }

    /** Which of the chars of {@link #toString} a message brought. */
    public BitSet foreignChars() {
        BitSet marks = new BitSet();
        int at = 0;
        for (int point : points) {
            int width = Character.charCount(point & ~FOREIGN);
            if ((point & FOREIGN) != 0) {
                marks.set(at, at + width);
            }
            at += width;
        }
        return marks;
    }

    @Override
    public int compareTo(Text other) {
        int common = Math.min(points.length, other.points.length);
        for (int i = 0; i < common; i++) {
            if (at(i) != other.at(i)) {
                return Integer.compare(at(i), other.at(i));
            }
        }
        return Integer.compare(points.length, other.points.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && compareTo(text) == 0;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < points.length; i++) {
            hash = 31 * hash + at(i);
        }
        return hash;
    }

    @Override
    public String toString() {
        int[] plain = new int[points.length];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = at(i);
        }
        return new String(plain, 0, plain.length);
    }
}
