package dev.wst.examples.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * Seeds as a command line names them: {@code 1-5}, {@code 3,7,11}, or both together.
 *
 * @param all different, in the order given
 */
record Seeds(List<Long> all) {
    private static final int MOST = 1000;
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

    Seeds {
        all = List.copyOf(all);
    }

    /** @throws IllegalArgumentException if it is no such list */
    static Seeds parse(String text) {
        Set<Long> seeds = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                throw unreadable(text);
            }
            long first = Long.parseLong(range.group(1));
            long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
            if (last < first || last - first >= MOST) {
                throw unreadable(text);
            }
            for (long seed = first; seed <= last; seed++) {
                if (!seeds.add(seed)) {
                    throw new IllegalArgumentException("--seeds names the seed " + seed + " twice: " + text);
                }
            }
        }
        return new Seeds(new ArrayList<>(seeds));
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "--seeds takes seeds such as 1-5 or 3,7,11, at most " + MOST + " in a range; got " + text);
    }

    /** For picocli. */
    static final class Converter implements CommandLine.ITypeConverter<Seeds> {
        @Override
        public Seeds convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
