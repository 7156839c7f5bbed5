package dev.wst.engine.tokenizer.jinja;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Python's strftime, in English. */
final class Dates {
    private static final Map<Character, String> FORMS = Map.ofEntries(
            Map.entry('a', "EEE"),
            Map.entry('A', "EEEE"),
            Map.entry('b', "MMM"),
            Map.entry('B', "MMMM"),
            Map.entry('d', "dd"),
            Map.entry('D', "MM/dd/yy"),
            Map.entry('F', "yyyy-MM-dd"),
            Map.entry('H', "HH"),
            Map.entry('I', "hh"),
            Map.entry('j', "DDD"),
            Map.entry('m', "MM"),
            Map.entry('M', "mm"),
            Map.entry('p', "a"),
            Map.entry('S', "ss"),
            Map.entry('T', "HH:mm:ss"),
            Map.entry('y', "yy"),
            Map.entry('Y', "yyyy"));

    private Dates() {}

    static String format(LocalDateTime when, String pattern) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            boolean bare = i + 2 < pattern.length() && pattern.charAt(i + 1) == '-';
            i += bare ? 2 : 1;
            char form = i < pattern.length() ? pattern.charAt(i) : '%';
            String known = FORMS.get(form);
            if (form == '%' && i < pattern.length()) {
                out.append('%');
            } else if (known == null) {
                throw TemplateException.unsupported("the date format " + pattern);
            } else {
                String value =
                        DateTimeFormatter.ofPattern(known, Locale.ENGLISH).format(when);
                out.append(bare ? value.replaceFirst("^0+(?=.)", "") : value);
            }
        }
        return out.toString();
    }
}
