package dev.wst.rewards.code;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of Python as its tokenizer sees it: what is string, what comment, and where a statement can begin.
 *
 * @param text the line. Outside of strings and comments every Unicode space has become a plain one and every mark without
 *     width is gone, since Python has no use for either there
 * @param bare the same without comment, and with one quotation mark for each string
 * @param begins whether a statement can begin here: not inside a string or brackets, nor after a backslash
 * @param ends whether one can end here: no bracket is open, no backslash follows
 * @param broken whether a string begins that does not end where it must
 */
record PythonLine(String text, String bare, boolean begins, boolean ends, boolean broken) {
    /** Definitions and imports at the margin. No bracket holds one. */
    private static final Pattern OPENING = Pattern.compile(
            "^(?:(?:async\\s+)?def\\s+\\w+\\s*[\\[(]|class\\s+\\w+\\s*[\\[(:]|import\\s+\\w|from\\s+[\\w.]+\\s+import\\b)",
            Pattern.UNICODE_CHARACTER_CLASS);

    /** The letters that can stand before a string's quotation mark, two at most. */
    private static final String PREFIXES = "rRbBuUfFtT";

    /** The lines of a source. */
    static List<PythonLine> of(String source) {
        Scanner scanner = new Scanner();
        List<PythonLine> lines = new ArrayList<>();
        source.lines().forEach(line -> lines.add(scanner.scan(line)));
        return lines;
    }

    /** Whether a definition, with its decorators, or an import begins here, at the margin. */
    boolean opens() {
        return begins && (OPENING.matcher(bare).find() || bare.startsWith("@"));
    }

    boolean isBlank() {
        return text.isBlank();
    }

    int indent() {
        return Indent.of(text);
    }

    /** Keeps what one line leaves open for the next. */
    private static final class Scanner {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder bare = new StringBuilder();
        private String quote = "";
        private int brackets;
        private boolean joined;

        PythonLine scan(String line) {
            text.setLength(0);
            bare.setLength(0);
            boolean inside = !quote.isEmpty();
            boolean begins = !inside && brackets == 0 && !joined;
            joined = false;
            int i = 0;
            while (i < line.length()) {
                i = quote.isEmpty() ? code(line, i) : string(line, i);
            }
            boolean broken = quote.length() == 1 && !joined;
            if (broken) {
                quote = "";
            }
            if (!inside && OPENING.matcher(bare).find()) {
                brackets = 0; // one that is still open stands in prose
                begins = true;
            }
            brackets = Math.max(0, brackets + balance());
            return new PythonLine(text.toString(), bare.toString(), begins, brackets == 0 && !joined, broken);
        }

        private int code(String line, int i) {
            char c = line.charAt(i);
            if (c == '#') {
                text.append(line, i, line.length());
                return line.length();
            }
            if (c == '\'' || c == '"') {
                String triple = String.valueOf(c).repeat(3);
                quote = line.startsWith(triple, i) ? triple : String.valueOf(c);
                text.append(quote);
                dropPrefix();
                bare.append('"');
                return i + quote.length();
            }
            joined = c == '\\' && i == line.length() - 1;
            char plain = Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c;
            if (Character.getType(c) != Character.FORMAT) {
                text.append(plain);
                bare.append(plain);
            }
            return i + 1;
        }

        private void dropPrefix() {
            int from = bare.length();
            while (from > 0 && bare.length() - from < 2 && PREFIXES.indexOf(bare.charAt(from - 1)) >= 0) {
                from--;
            }
            if (from == 0 || !Character.isUnicodeIdentifierPart(bare.charAt(from - 1))) {
                bare.setLength(from);
            }
        }

        private int string(String line, int i) {
            int end = i + 1;
            if (line.charAt(i) == '\\') {
                joined = end == line.length();
                end = Math.min(end + 1, line.length());
            } else if (line.startsWith(quote, i)) {
                end = i + quote.length();
                quote = "";
            }
            text.append(line, i, end);
            return end;
        }

        private int balance() {
            int balance = 0;
            for (int i = 0; i < bare.length(); i++) {
                balance += "([{".indexOf(bare.charAt(i)) >= 0 ? 1 : 0;
                balance -= ")]}".indexOf(bare.charAt(i)) >= 0 ? 1 : 0;
            }
            return balance;
        }
    }
}
