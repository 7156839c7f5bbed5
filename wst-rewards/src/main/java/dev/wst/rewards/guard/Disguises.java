package dev.wst.rewards.guard;

import dev.wst.rewards.guard.Leak.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers that are written backwards or in base64. */
final class Disguises {
    private static final Pattern BACKWARDS = Pattern.compile(
            "\\b(?:revers\\w*|backwards?|mirror\\w*|flip\\w*|right[- ]to[- ]left|end to start)\\b"
                    + "|\\b(?:rewsna|tluser|noitulos|slauqe|eht|etirw|lanif|rebmun)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BASE64 = Pattern.compile("(?<![\\w+/=-])[A-Za-z0-9+/_-]{2,}={0,2}(?![\\w+/=-])");
    private static final Pattern WORDS = Pattern.compile("[\\p{L}-]{4,}");
    private static final int TELLING_DIGITS = 4;

    private Disguises() {}

    static Optional<Leak> find(Gold gold, String text) {
        return reversed(gold, text).or(() -> encoded(gold, text));
    }

    private static Optional<Leak> reversed(Gold gold, String text) {
        boolean announced = BACKWARDS.matcher(text).find();
        return digits(gold, text, announced)
                .or(() -> word(gold, text))
                .or(() -> announced
                        ? LeakDetector.open(gold, backwards(text))
                                .map(leak -> new Leak(Kind.REVERSED, backwards(leak.text())))
                        : Optional.empty());
    }

    private static Optional<Leak> digits(Gold gold, String text, boolean announced) {
        return gold.digits()
                .map(Disguises::backwards)
                .filter(digits ->
                        digits.length() > 1 && !digits.equals(gold.digits().orElse("")))
                .filter(digits ->
                        announced || (digits.length() >= TELLING_DIGITS && !gold.isGiven(Quantity.parse(digits))))
                .filter(digits -> Pattern.compile("(?<![\\d.,])" + digits + "(?![.,]?\\d)")
                        .matcher(text)
                        .find())
                .map(digits -> new Leak(Kind.REVERSED, digits));
    }

    /** One reversed word: a number word, or the answer's own; or all of its words. */
    private static Optional<Leak> word(Gold gold, String text) {
        String phrase = backwards(gold.text());
        boolean several =
                WORDS.matcher(phrase).find() && phrase.indexOf(' ') > 0 && !phrase.equalsIgnoreCase(gold.text());
        if (several && text.toLowerCase(Locale.ROOT).contains(phrase.toLowerCase(Locale.ROOT))) {
            return Optional.of(new Leak(Kind.REVERSED, phrase));
        }
        Matcher matcher = WORDS.matcher(text);
        while (matcher.find()) {
            String word = backwards(matcher.group().toLowerCase(Locale.ROOT));
            List<Mention> mentions = Expressions.in(word);
            boolean number = mentions.size() == 1
                    && mentions.get(0).end() - mentions.get(0).start() == word.length()
                    && gold.isMagnitude(mentions.get(0).value());
            boolean same = word.equalsIgnoreCase(gold.text()) && !word.equalsIgnoreCase(matcher.group());
            if (number || same) {
                return Optional.of(new Leak(Kind.REVERSED, matcher.group()));
            }
        }
        return Optional.empty();
    }

    static String backwards(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static Optional<Leak> encoded(Gold gold, String text) {
        Matcher matcher = BASE64.matcher(text);
        while (matcher.find()) {
            Optional<String> decoded = decode(matcher.group());
            if (decoded.isPresent() && says(gold, decoded.get())) {
                return Optional.of(new Leak(Kind.BASE64, matcher.group()));
            }
        }
        return Optional.empty();
    }

    private static boolean says(Gold gold, String decoded) {
        String bare = decoded.strip();
        return bare.equals(gold.text())
                || LeakDetector.open(gold, "The answer is " + bare).isPresent()
                || LeakDetector.open(gold, bare).isPresent();
    }

    /** The printable text that stands in base64. */
    static Optional<String> decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            String decoded = new String(bytes, StandardCharsets.UTF_8);
            boolean printable = !decoded.isBlank() && decoded.chars().allMatch(c -> c >= ' ' && c < 127);
            return printable ? Optional.of(decoded) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
