package dev.wst.rewards.math;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the letter of a multiple choice. */
final class Choices {
    private static final Pattern LEADING = Pattern.compile(
            "^[*_\\s]*+(?:option|choice)?\\s*(?:\\(([A-J])\\)|([A-J])(?=\\s*(?:$|[.:)\n]|,(?!\\s*(?:and\\s+)?[A-Z]\\b)|\\*\\*)))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMED = Pattern.compile(
            "\\b(?:option|choice|choose|select|pick)\\s+(?:is\\s+)?[*_(]*([A-J])[)*_]*(?=[\\s.,:;!?]|$)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LABELLED = Pattern.compile(
            "(?:(?:\\\\(?:text|mbox|mathrm)(?:bf|rm|it)?\\{)?\\(([A-J])\\)(?:[}~]|\\\\[ ,;])*|([A-J])[.:)])\\s*+(?<=[\\s}~,;])\\S.*",
            Pattern.DOTALL);
    private static final Pattern LETTER = Pattern.compile("\\(?([A-J])\\)?");

    private Choices() {}

    /** Whether one is a letter and the other an option with that letter before it: "B" and "(B) 5". */
    static boolean sameLabel(String one, String other) {
        Matcher letter = LETTER.matcher(one);
        Matcher option = LABELLED.matcher(other);
        if (!letter.matches() || !option.matches()) {
            return false;
        }
        return letter.group(1).equals(option.group(1) == null ? option.group(2) : option.group(1));
    }

    /** The letter with which the text begins, as in "D. it cannot be A", "(D) Alina", "D". */
    static Optional<String> leading(CharSequence text) {
        Matcher matcher = LEADING.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String letter = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Character.isUpperCase(letter.charAt(0)) ? Optional.of(letter) : Optional.empty();
    }

    /** The letter with which the text begins, or else the last that is called an option or choice. */
    static Optional<String> in(CharSequence text) {
        Optional<String> leading = leading(text);
        if (leading.isPresent()) {
            return leading;
        }
        Optional<String> last = Optional.empty();
        Matcher matcher = NAMED.matcher(text);
        while (matcher.find()) {
            if (Character.isUpperCase(matcher.group(1).charAt(0))) {
                last = Optional.of(matcher.group(1));
            }
        }
        return last;
    }
}
