package dev.wst.engine.tokenizer.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Python's methods of str that cut a text into several, such as split and partition. */
final class Splitting {
    private Splitting() {}

    static List<Object> split(Text text, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("split", "sep", "maxsplit");
        long most = most(bound);
        Optional<Text> separator = separator(bound, "split");
        if (separator.isEmpty()) {
            return words(text, most);
        }
        List<Object> parts = new ArrayList<>();
        int from = 0;
        int at = text.indexOf(separator.get(), 0);
        while (at >= 0 && parts.size() < most) {
            parts.add(text.slice(from, at));
            from = at + separator.get().length();
            at = text.indexOf(separator.get(), from);
        }
        parts.add(text.slice(from));
        return parts;
    }

    static List<Object> splitFromEnd(Text text, Arguments arguments) {
        Arguments.Bound bound = arguments.bind("rsplit", "sep", "maxsplit");
        long most = most(bound);
        Optional<Text> separator = separator(bound, "rsplit");
        if (separator.isEmpty()) {
            return wordsFromEnd(text, most);
        }
        int width = separator.get().length();
        List<Object> parts = new ArrayList<>();
        int to = text.length();
        int at = text.lastIndexOf(separator.get(), to - width);
        while (at >= 0 && parts.size() < most) {
            parts.add(text.slice(at + width, to));
            to = at;
            at = text.lastIndexOf(separator.get(), to - width);
        }
        parts.add(text.slice(0, to));
        Collections.reverse(parts);
        return parts;
    }

    private static long most(Arguments.Bound bound) {
        long most = bound.integer("maxsplit", -1);
        return most < 0 ? Long.MAX_VALUE : most;
    }

    private static Optional<Text> separator(Arguments.Bound bound, String who) {
        Optional<Text> separator = bound.given("sep").map(sep -> Values.text(sep, who));
        if (separator.isPresent() && separator.get().length() == 0) {
            throw TemplateException.failed(who + ": empty separator");
        }
        return separator;
    }

    private static List<Object> words(Text text, long most) {
        List<Object> words = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < text.length() && Characters.isSpace(text.at(at))) {
                at++;
            }
            if (at == text.length()) {
                return words;
            }
            if (words.size() == most) {
                words.add(text.slice(at));
                return words;
            }
            int from = at;
            while (at < text.length() && !Characters.isSpace(text.at(at))) {
                at++;
            }
            words.add(text.slice(from, at));
        }
    }

    private static List<Object> wordsFromEnd(Text text, long most) {
        List<Object> words = new ArrayList<>();
        Text left = Trimming.strip(text, Optional.empty(), false, true);
        while (left.length() > 0) {
            int begin = left.length();
            while (begin > 0 && !Characters.isSpace(left.at(begin - 1))) {
                begin--;
            }
            if (words.size() == most) {
                words.add(left);
                break;
            }
            words.add(left.slice(begin));
            left = Trimming.strip(left.slice(0, begin), Optional.empty(), false, true);
        }
        Collections.reverse(words);
        return words;
    }

    static Object partition(Text text, Arguments arguments, boolean fromEnd) {
        Text separator = arguments.bind("partition", "sep").text("sep");
        if (separator.length() == 0) {
            throw TemplateException.failed("partition: empty separator");
        }
        int at = fromEnd ? text.lastIndexOf(separator, text.length()) : text.indexOf(separator, 0);
        if (at < 0) {
            return fromEnd ? Tuple.of(Text.EMPTY, Text.EMPTY, text) : Tuple.of(text, Text.EMPTY, Text.EMPTY);
        }
        int end = at + separator.length();
        return Tuple.of(text.slice(0, at), text.slice(at, end), text.slice(end));
    }

    static List<Object> lines(Text text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Characters.endsLine(text.at(i))) {
                int end = i;
                if (text.at(i) == '\r' && i + 1 < text.length() && text.at(i + 1) == '\n') {
                    i++;
                }
                lines.add(text.slice(from, keepEnds ? i + 1 : end));
                from = i + 1;
            }
        }
        if (from < text.length()) {
            lines.add(text.slice(from));
        }
        return lines;
    }
}
