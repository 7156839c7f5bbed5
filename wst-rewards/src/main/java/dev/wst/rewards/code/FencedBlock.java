package dev.wst.rewards.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of Markdown between two fences, as CommonMark has it: a fence stands at most three columns from the margin, or
 * anywhere under an item of a list; as many columns as the first fence stands from the margin are taken off every line that
 * has them. Where the first line shows that the program does not go by its fence, since it stands nearer to the margin or
 * would be left with less than an indentation, nothing is taken off. A fence that is never closed runs to the end.
 *
 * @param language the first fence's mark, in small letters; may be empty
 * @param code what is between the fences
 */
record FencedBlock(String language, String code) {
    private static final Pattern FENCE = Pattern.compile("^[\\p{Zs}\\t]*(`{3,}+|~{3,}+)([^`\\n]*)$");
    private static final Pattern ITEM = Pattern.compile("^[\\p{Zs}\\t]*(?:[-*+]|\\d{1,9}[.)])[\\p{Zs}\\t].*");
    private static final int NEAR = 3;
    private static final int INDENTATION = 4;

    static List<FencedBlock> in(String text) {
        Reader reader = new Reader();
        text.lines().forEach(reader::read);
        return reader.end();
    }

    /** Goes through the lines. */
    private static final class Reader {
        private final List<FencedBlock> blocks = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private String fence = "";
        private String language = "";
        private int column;
        /** The column of the outermost item of the list that this line is in; -1 outside of lists. */
        private int item = -1;

        void read(String line) {
            Matcher matcher = FENCE.matcher(line);
            boolean mark = matcher.find();
            int indent = Indent.of(line);
            if (fence.isEmpty()) {
                if (mark && (indent <= NEAR || (item >= 0 && indent > item))) {
                    fence = matcher.group(1);
                    language = matcher.group(2).strip().toLowerCase(Locale.ROOT);
                    column = indent;
                } else {
                    follow(line, indent);
                }
            } else if (mark
                    && indent <= column + NEAR
                    && matcher.group(1).startsWith(fence)
                    && matcher.group(2).isBlank()) {
                close();
            } else {
                lines.add(line);
            }
        }

        private void follow(String line, int indent) {
            if (ITEM.matcher(line).matches()) {
                item = item < 0 ? indent : Math.min(item, indent);
            } else if (indent <= item && !Indent.isAllOf(line)) {
                item = -1;
            }
        }

        private void close() {
            int first = lines.stream()
                    .filter(line -> !Indent.isAllOf(line))
                    .findFirst()
                    .map(Indent::of)
                    .orElse(0);
            boolean goesByFence = first == column || first >= column + INDENTATION;
            StringBuilder code = new StringBuilder();
            for (String line : lines) {
                code.append(Indent.less(line, goesByFence ? column : 0)).append('\n');
            }
            blocks.add(new FencedBlock(language, code.toString()));
            lines.clear();
            fence = "";
        }

        List<FencedBlock> end() {
            if (!fence.isEmpty()) {
                close();
            }
            return blocks;
        }
    }
}
