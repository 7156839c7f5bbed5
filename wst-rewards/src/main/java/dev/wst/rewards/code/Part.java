package dev.wst.rewards.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A definition, an import or a constant at the margin of a program, with the names that it gives to something. Other assignments are
 * often those of an example, with names that functions have for something else; a constant's is in capitals.
 *
 * @param lines all of it, decorators too
 * @param names that it binds; empty for an import of everything
 */
record Part(List<PythonLine> lines, Set<String> names) {
    private static final Pattern NAME = Pattern.compile("(?<![.\\p{L}\\p{N}_])[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*");
    private static final Pattern DEFINITION =
            Pattern.compile("^(?:(?:async\\s+)?def|class)\\s+([\\p{L}_][\\p{L}\\p{M}\\p{N}_]*)");
    private static final Pattern IMPORT =
            Pattern.compile("^(?:import|from\\s+[\\w.]+\\s+import)\\s+(.*)$", Pattern.DOTALL);
    private static final Pattern CONSTANT = Pattern.compile("^([A-Z][A-Z\\d_]*)\\s*(?::[^=]*)?=(?!=)");

    /** Those of a source, in order. */
    static List<Part> in(List<PythonLine> source) {
        List<Part> parts = new ArrayList<>();
        List<PythonLine> open = new ArrayList<>();
        for (PythonLine line : source) {
            boolean isHead = line.begins() && line.indent() == 0 && !line.bare().isBlank();
            boolean decorated =
                    !open.isEmpty() && open.get(open.size() - 1).bare().startsWith("@");
            if (isHead && !decorated) {
                add(open, parts);
                open.clear();
            }
            if (isHead || !open.isEmpty()) {
                open.add(line);
            }
        }
        add(open, parts);
        return parts;
    }

    private static void add(List<PythonLine> lines, List<Part> parts) {
        if (lines.isEmpty() || Prose.is(lines.get(0))) {
            return;
        }
        String bare = lines.stream()
                .map(PythonLine::bare)
                .dropWhile(line -> line.startsWith("@"))
                .collect(Collectors.joining("\n"));
        Matcher definition = DEFINITION.matcher(bare);
        Matcher imported = IMPORT.matcher(bare);
        Matcher constant = CONSTANT.matcher(bare);
        if (definition.find()) {
            parts.add(new Part(List.copyOf(lines), Set.of(definition.group(1))));
        } else if (imported.find()) {
            parts.add(new Part(List.copyOf(lines), imported(imported.group(1))));
        } else if (constant.find()) {
            parts.add(new Part(List.copyOf(lines), Set.of(constant.group(1))));
        }
    }

    /** The names that an import binds: of {@code a.b} the first, of {@code a as b} the last. */
    private static Set<String> imported(String list) {
        Set<String> names = new LinkedHashSet<>();
        for (String one : list.replaceAll("[()\\\\]", " ").split(",", -1)) {
            String[] words = one.strip().split("\\s+", -1);
            String last = words[words.length - 1];
            String bound = words.length > 1 ? last : last.replaceAll("\\..*", "");
            if (!bound.isEmpty() && !bound.equals("*")) {
                names.add(bound);
            }
        }
        return names;
    }

    /**
     * Those parts that some lines need, or that such a part needs in turn, in order. A name in a string counts too: it may be formatted.
     *
     * @param bound what the lines bind themselves
     */
    static List<Part> needed(List<PythonLine> lines, Set<String> bound, List<Part> among) {
        Set<String> named = new HashSet<>(named(lines));
        List<Part> left = new ArrayList<>(among);
        Set<Part> found = new HashSet<>();
        for (boolean isGrowing = true; isGrowing; ) {
            List<Part> more = left.stream()
                    .filter(part -> part.names.isEmpty()
                            || part.names.stream().anyMatch(name -> named.contains(name) && !bound.contains(name)))
                    .toList();
            more.forEach(part -> named.addAll(named(part.lines)));
            found.addAll(more);
            left.removeAll(more);
            isGrowing = !more.isEmpty();
        }
        return among.stream().filter(found::contains).toList();
    }

    private static Set<String> named(List<PythonLine> lines) {
        return lines.stream()
                .flatMap(line -> NAME.matcher(line.text()).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
