package dev.wst.rewards.code;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Text that holds the program of an entry point, and perhaps more.
 *
 * @param lines all of it
 * @param definition how the entry point is defined
 * @param assignment how a function is made the entry point
 * @param endsWithLine whether the last line ends as the others do
 */
record Program(List<PythonLine> lines, Pattern definition, Pattern assignment, boolean endsWithLine) {
    /** Before it no other statement may stand. */
    private static final String FUTURE = "from __future__";

    private static final Pattern OF_A_BODY = Pattern.compile("^\\s*(?:return|yield)\\b");

    static Program of(String text, String entryPoint) {
        return new Program(
                PythonLine.of(text),
                Pattern.compile("^\\s*(?:(?:async\\s+)?def|class)\\s+" + entryPoint + "\\b"),
                Pattern.compile("^" + entryPoint + "\\s*(?::[^=]*)?=(?!=)"),
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
        int anchor = anchor();
        List<PythonLine> kept = anchor < 0 ? lines : around(anchor);
        return kept.stream().allMatch(PythonLine::isBlank) ? this : with(kept);
    }

    /**
     * The line that belongs to the program in any case: the last definition of the entry point at the margin, or its last
     * assignment; where there is neither, the first line that stands away from the margin, of a body or of a program that is
     * indented as a whole; or none.
     */
    private int anchor() {
        return Stream.of(
                        numbers(line -> line.indent() == 0 && defines(line)).max(),
                        numbers(line -> line.begins()
                                        && assignment.matcher(line.bare()).find())
                                .max(),
                        numbers(line -> line.begins() && line.indent() > 0 && !line.isBlank())
                                .min())
                .flatMapToInt(OptionalInt::stream)
                .findFirst()
                .orElse(-1);
    }

    private List<PythonLine> around(int anchor) {
        int start = numbers(line -> line.opens() && !Prose.is(line)).min().orElse(anchor);
        boolean skipping = false;
        boolean over = false;
        List<PythonLine> kept = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            PythonLine line = lines.get(i);
            if (Prose.is(line)) {
                skipping = true;
                over = i > anchor;
                if (i < Math.min(start, anchor)) {
                    kept.clear();
                }
            } else if (i == anchor || (line.begins() && line.indent() == 0 && !line.isBlank())) {
                skipping = over && !line.opens();
            }
            if (!skipping) {
                kept.add(line);
            }
        }
        return kept;
    }

    private IntStream numbers(Predicate<PythonLine> kind) {
        return IntStream.range(0, lines.size()).filter(i -> kind.test(lines.get(i)));
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

    /** After those parts of other programs that it names and does not have; as it is, if it does not define its entry point. */
    Program withNeeded(List<Part> others) {
        if (others.isEmpty() || !isDefined()) {
            return this;
        }
        Set<String> bound =
                Part.in(lines).stream().flatMap(part -> part.names().stream()).collect(Collectors.toSet());
        List<PythonLine> needed = Part.needed(lines, bound, others).stream()
                .flatMap(part -> part.lines().stream())
                .toList();
        int first = numbers(line -> line.bare().startsWith(FUTURE)).max().orElse(-1) + 1;
        List<PythonLine> all = new ArrayList<>(lines.subList(0, first));
        needed.stream().filter(line -> !line.bare().startsWith(FUTURE)).forEach(all::add);
        all.addAll(lines.subList(first, lines.size()));
        return with(all);
    }

    private List<PythonLine> statements() {
        return lines.stream()
                .filter(line -> line.begins() && !line.bare().isBlank())
                .toList();
    }

    private Program with(List<PythonLine> others) {
        return new Program(others, definition, assignment, endsWithLine);
    }

    String source() {
        return lines.stream().map(PythonLine::text).collect(Collectors.joining("\n")) + (endsWithLine ? "\n" : "");
    }
}
