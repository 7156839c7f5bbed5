package dev.wst.rewards.guard;

import dev.wst.rewards.guard.Leak.Kind;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Answers that are written sign by sign or in another notation: "e-i-g-h-t", "1 8", "one then eight", 0x12, XVIII. */
final class Spellings {
    // Runs have bounds because java.util.regex recurses for every turn of a group.
    private static final String DIGIT = "(?:\\d|zero|one|two|three|four|five|six|seven|eight|nine)";
    private static final String THEN = "(?:[- ]|,? ?(?:(?:and )?then|followed by)(?: an?| the)? (?:digit )?)";
    private static final Pattern DIGIT_AT = Pattern.compile(DIGIT, Pattern.CASE_INSENSITIVE);
    private static final Pattern BINARY = Pattern.compile("\\bbinary\\b", Pattern.CASE_INSENSITIVE);
    private static final Map<Character, Integer> ROMAN =
            Map.of('I', 1, 'V', 5, 'X', 10, 'L', 50, 'C', 100, 'D', 500, 'M', 1000);

    /** A notation and how a piece in it is written plainly. */
    private record Notation(Pattern piece, Function<MatchResult, String> plain) {
        static Notation of(String regex, Function<MatchResult, String> plain) {
            return new Notation(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), plain);
        }
    }

    private static final List<Notation> NOTATIONS = List.of(
            Notation.of(
                    "(?<![\\p{L}\\d])\\p{L}([-. ])\\p{L}(?:\\1\\p{L}){1,50}(?![\\p{L}\\d])",
                    piece -> piece.group().replace(piece.group(1), "")),
            Notation.of(
                    "(?<![\\d.,])\\d{1,3}(?: \\d{3}){1,9}(?![\\d.,]*\\d)",
                    piece -> piece.group().replace(" ", "")),
            Notation.of(
                    "(?<![\\w.,-])" + DIGIT + "(?:" + THEN + DIGIT + "){1,50}(?![\\w-]|[.,]\\d)", Spellings::digits),
            Notation.of("\\b0x([0-9a-f]{1,12})\\b", piece -> decimal(piece.group(1), 16)),
            Notation.of("\\b0b([01]{1,64})\\b", piece -> decimal(piece.group(1), 2)),
            new Notation(
                    Pattern.compile(
                            "\\b(?=[MDCLXVI]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\\b"),
                    piece -> roman(piece.group())));
    private static final Notation BITS = Notation.of("\\b[01]{2,64}\\b", piece -> decimal(piece.group(), 2));

    private Spellings() {}

    static Optional<Leak> find(Gold gold, String text) {
        String read = text;
        for (Notation notation : NOTATIONS) {
            read = plain(read, notation);
        }
        if (BINARY.matcher(text).find()) {
            read = plain(read, BITS);
        }
        return read.equals(text)
                ? Optional.empty()
                : LeakDetector.open(gold, read).map(leak -> new Leak(Kind.SPELLED, leak.text()));
    }

    private static String plain(String text, Notation notation) {
        return notation.piece()
                .matcher(text)
                .replaceAll(piece -> notation.plain().apply(piece));
    }

    private static String digits(MatchResult run) {
        StringBuilder digits = new StringBuilder();
        DIGIT_AT.matcher(run.group())
                .results()
                .forEach(digit ->
                        digits.append(Expressions.in(digit.group()).get(0).value()));
        return digits.toString();
    }

    private static String decimal(String digits, int radix) {
        return new BigInteger(digits, radix).toString();
    }

    private static String roman(String numeral) {
        int sum = 0;
        for (int i = 0; i < numeral.length(); i++) {
            int value = ROMAN.getOrDefault(numeral.charAt(i), 0);
            boolean smaller = i + 1 < numeral.length() && value < ROMAN.getOrDefault(numeral.charAt(i + 1), 0);
            sum += smaller ? -value : value;
        }
        return Integer.toString(sum);
    }
}
