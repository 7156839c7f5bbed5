package dev.wst.rewards.code;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Text that holds the program of an entry point, and perhaps more.
 *
 * @param lines all of it
 * @param definition how the entry point is defined
 */
record Program(List<PythonLine> lines, Pattern definition, boolean endsWithLine) {
    private static final Pattern OF_A_BODY = Pattern.compile("^\\s*(?:return|yield)\\b");

    static Program of(String text, String entryPoint) {
        return new Program(
                PythonLine.of(text),
                Pattern.compile("^\\s*(?:(?:async\\s+)?def|class)\\s+" + entryPoint + "\\b"),
                text.endsWith("\n"));
    }

    boolean isDefined() {
        return lines.stream().anyMatch(this::defines);
    }

    private boolean defines(PythonLine line) {
        return line.begins() && definition.matcher(line.bare()).find();
    }

    /** Without the prose before, between and after; where nothing would be left, as it is. */
    Program withoutProse() {
        int entry = last(this::isAtTheMarginAndDefines);
        List<PythonLine> kept = entry < 0 ? body() : around(entry);
        return kept.stream().allMatch(PythonLine::isBlank) ? this : with(kept);
    }

    /** What is not prose, where nothing at the margin defines the entry point: the rest of a function, or all of it indented. */
    private List<PythonLine> body() {
        return lines.stream().filter(line -> !Prose.is(line)).toList();
    }

    private List<PythonLine> around(int entry) {
        int start = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).opens() && !Prose.is(lines.get(i)))
                .findFirst()
                .orElse(entry);
        boolean skipping = false;
        boolean over = false;
        List<PythonLine> kept = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            PythonLine line = lines.get(i);
            if (Prose.is(line)) {
                skipping = true;
                over = i > entry;
                if (i < start) {
                    kept.clear();
                }
            } else if (line.begins() && line.indent() == 0 && !line.isBlank()) {
                skipping = over && !line.opens();
            }
            if (!skipping) {
                kept.add(line);
            }
        }
        return kept;
    }

    private boolean isAtTheMarginAndDefines(PythonLine line) {
        return line.indent() == 0 && defines(line);
    }

    private int last(Predicate<PythonLine> kind) {
        return IntStream.range(0, lines.size())
                .filter(i -> kind.test(lines.get(i)))
                .max()
                .orElse(-1);
    }

    /** Moved to the margin, if the entry point is defined at the column nearest to it and what is there is no body. */
    Program atTheMargin() {
        int column = statements().stream().mapToInt(PythonLine::indent).min().orElse(0);
        List<PythonLine> outermost =
                statements().stream().filter(line -> line.indent() == column).toList();
        boolean whole = outermost.stream().anyMatch(this::defines)
                && outermost.stream()
                        .noneMatch(line -> OF_A_BODY.matcher(line.bare()).find());
        if (column == 0 || !whole) {
            return this;
        }
        String moved =
                lines.stream().map(line -> Indent.less(line.text(), column)).collect(Collectors.joining("\n"));
        return with(PythonLine.of(moved));
    }

    private List<PythonLine> statements() {
        return lines.stream()
                .filter(line -> line.begins() && !line.bare().isBlank())
                .toList();
    }

    private Program with(List<PythonLine> others) {
        return new Program(others, definition, endsWithLine);
    }

    String source() {
        return lines.stream().map(PythonLine::text).collect(Collectors.joining("\n")) + (endsWithLine ? "\n" : "");
    }
}
