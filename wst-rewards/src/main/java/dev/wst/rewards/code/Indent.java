package dev.wst.rewards.code;

/** The white space that a line begins with, in columns; a tab goes to the next fourth one, any other space is one wide. */
final class Indent {
    private static final int TAB = 4;

    private Indent() {}

    /** How many columns a line stands from the margin. */
    static int of(String line) {
        int columns = 0;
        for (int i = 0; i < line.length() && isSpace(line.charAt(i)); i++) {
            columns = after(line.charAt(i), columns);
        }
        return columns;
    }

    /** A line moved towards the margin by so many columns, or as far as it goes. What is left of a tab becomes spaces. */
    static String less(String line, int columns) {
        int at = 0;
        int i = 0;
        while (at < columns && i < line.length() && isSpace(line.charAt(i))) {
            at = after(line.charAt(i++), at);
        }
        return " ".repeat(Math.max(0, at - columns)) + line.substring(i);
    }

    /** Whether a line is nothing else. */
    static boolean isAllOf(String line) {
        return line.chars().allMatch(c -> isSpace((char) c));
    }

    private static int after(char space, int column) {
        return space == '\t' ? (column / TAB + 1) * TAB : column + 1;
    }

    private static boolean isSpace(char c) {
        return c == '\t' || Character.getType(c) == Character.SPACE_SEPARATOR;
    }
}
