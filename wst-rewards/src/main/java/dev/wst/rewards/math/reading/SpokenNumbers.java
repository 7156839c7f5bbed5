package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Rational;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads English numerals in words: "forty-two", "negative five", "two and a half", "three quarters", "5 tens", "5 over two".
 * One pass over the words; anything that is no numeral from end to end is none.
 */
public final class SpokenNumbers {
    private static final int LONGEST = 80;
    private static final int MOST_WORDS = 12;
    private static final Pattern WORD =
            Pattern.compile("(?<![\\p{L}\\p{N}])(?:\\p{Alpha}+|(?<![.,])\\d+)(?![\\p{L}\\p{N}])");
    private static final Pattern WORDS = Pattern.compile("[\\p{Alnum}][\\p{Alnum} \\-]*");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,15}");
    private static final Map<String, Integer> SMALL = numbered(
            0,
            1,
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
                    + " seventeen eighteen nineteen");
    private static final Map<String, Integer> TENS =
            numbered(20, 10, "twenty thirty forty fifty sixty seventy eighty ninety");
    private static final List<String> GROUPS = List.of("thousand", "million", "billion", "trillion");

    private final List<String> words;
    private int at;
    private boolean spelled;

    private SpokenNumbers(List<String> words) {
        this.words = words;
    }

    private static Map<String, Integer> numbered(int first, int step, String names) {
        List<String> each = List.of(names.split(" ", -1));
        return IntStream.range(0, each.size()).boxed().collect(Collectors.toMap(each::get, i -> first + step * i));
    }

    /** A text with each numeral that has words in it, as long as it goes, in digits; a fraction with a slash. */
    public static String inDigits(String text) {
        List<MatchResult> words = WORD.matcher(text).results().toList();
        StringBuilder digits = new StringBuilder(text.length());
        int from = 0;
        for (int i = 0; i < words.size(); i++) {
            MatchResult first = words.get(i);
            if (first.start() < from || !mayBegin(first.group())) {
                continue;
            }
            int last = lastJoined(text, words, i);
            for (int j = last; j >= i; j--) {
                Optional<Rational> value =
                        read(text.substring(first.start(), words.get(j).end()));
                if (value.isPresent()) {
                    digits.append(text, from, first.start());
                    // What ended a sentence is no decimal point.
                    digits.append(text.startsWith(".", first.start() - 1) ? " " : "")
                            .append(inDigits(value.get()));
                    from = words.get(j).end();
                    break;
                }
            }
        }
        return digits.append(text, from, text.length()).toString();
    }

    private static String inDigits(Rational value) {
        return value.isInteger() ? value.numerator().toString() : value.numerator() + "/" + value.denominator();
    }

    private static boolean mayBegin(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return begins(lower)
                || lower.equals("half")
                || lower.equals("a")
                || lower.equals("an")
                || DIGITS.matcher(lower).matches();
    }

    /** The last of the words from one on that only a space or a hyphen joins. */
    private static int lastJoined(String text, List<MatchResult> words, int first) {
        int last = first;
        while (last + 1 < words.size() && last - first + 1 < MOST_WORDS) {
            int end = words.get(last).end();
            boolean joined = words.get(last + 1).start() == end + 1 && " -".indexOf(text.charAt(end)) >= 0;
            if (!joined) {
                return last;
            }
            last++;
        }
        return last;
    }

    /** The value of a text that is one numeral with words in it; empty for digits alone and for everything else. */
    public static Optional<Rational> read(String text) {
        if (text.length() > LONGEST || !hasWord(text)) {
            return Optional.empty();
        }
        String bare = unwrapped(text.strip());
        if (bare.length() > LONGEST || !WORDS.matcher(bare).matches()) {
            return Optional.empty();
        }
        SpokenNumbers numbers =
                new SpokenNumbers(List.of(bare.toLowerCase(Locale.ROOT).split("[ -]+", -1)));
        Rational value = numbers.signed();
        boolean whole = value != null && numbers.at == numbers.words.size() && numbers.spelled;
        return whole ? Optional.ofNullable(value) : Optional.empty();
    }

    /** Whether three letters stand in a row, and no command but one of text at the beginning. */
    private static boolean hasWord(String text) {
        int run = 0;
        for (int i = 0; i < text.length() && run < 3; i++) {
            char c = text.charAt(i);
            run = Character.isLetter(c) ? run + 1 : 0;
            if (c == '\\' && i > 0) {
                return false;
            }
        }
        return run >= 3 && (text.charAt(0) != '\\' || text.startsWith("\\text{"));
    }

    /** Whether a word begins a numeral. */
    public static boolean begins(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return SMALL.containsKey(lower) || TENS.containsKey(lower) || isSign(lower);
    }

    private static String unwrapped(String text) {
        return text.startsWith("\\text{") && text.indexOf('}') == text.length() - 1
                ? text.substring(6, text.length() - 1).strip()
                : text;
    }

    private static boolean isSign(String word) {
        return word.equals("negative") || word.equals("minus");
    }

    private String word() {
        return at < words.size() ? words.get(at) : "";
    }

    private boolean accept(String word) {
        boolean here = word().equals(word);
        at += here ? 1 : 0;
        return here;
    }

    private @Nullable Rational signed() {
        boolean negative = isSign(word());
        at += negative ? 1 : 0;
        spelled |= negative;
        Rational value = quantity();
        return negative && value != null ? value.negate() : value;
    }

    private @Nullable Rational quantity() {
        if (accept("half")) {
            spelled = true;
            return Rational.of(1, 2);
        }
        Rational value = amount();
        if (value == null) {
            return null;
        }
        if (accept("over")) {
            spelled = true;
            Rational below = amount();
            return below == null || below.isZero() ? null : value.over(below);
        }
        Optional<Rational> scale = scale();
        if (scale.isPresent()) {
            return value.times(scale.get());
        }
        return at < words.size() && value.isInteger() ? withFraction(value) : value;
    }

    /** "two and a half", "two and three quarters", with or without "and". */
    private @Nullable Rational withFraction(Rational whole) {
        accept("and");
        if (accept("half")) {
            spelled = true;
            return whole.plus(Rational.of(1, 2));
        }
        Rational parts = amount();
        Optional<Rational> scale = parts == null ? Optional.empty() : scale();
        return scale.filter(part -> part.compareTo(Rational.ONE) < 0)
                .map(part -> whole.plus(parts == null ? part : parts.times(part)))
                .orElse(null);
    }

    /** A word that multiplies what stands before it: tens, dozen, thirds. */
    private Optional<Rational> scale() {
        String word = word();
        Optional<Rational> scale = word.equals("tens")
                ? Optional.of(Rational.of(10))
                : Units.scale(word)
                        .or(() -> word.endsWith("s")
                                ? Units.scale(word.substring(0, word.length() - 1))
                                : Optional.empty());
        at += scale.isPresent() ? 1 : 0;
        spelled |= scale.isPresent();
        return scale;
    }

    /** A whole number in digits or in words; "a" counts one. */
    private @Nullable Rational amount() {
        if (DIGITS.matcher(word()).matches()) {
            return Rational.of(Long.parseLong(words.get(at++)));
        }
        if (accept("a") || accept("an")) {
            return Rational.of(grouped(hundreds(1)));
        }
        int first = belowHundred();
        if (first < 0) {
            return null;
        }
        spelled = true;
        return Rational.of(grouped(hundreds(first)));
    }

    private int belowHundred() {
        int ten = TENS.getOrDefault(word(), -1);
        if (ten > 0) {
            at++;
            int unit = SMALL.getOrDefault(word(), 0);
            boolean joins = unit > 0 && unit < 10;
            at += joins ? 1 : 0;
            return joins ? ten + unit : ten;
        }
        int small = SMALL.getOrDefault(word(), -1);
        at += small < 0 ? 0 : 1;
        return small;
    }

    private int hundreds(int first) {
        if (!accept("hundred")) {
            return first;
        }
        spelled = true;
        int mark = at;
        accept("and");
        int rest = belowHundred();
        if (rest < 0
                || Units.scale(word())
                        .filter(scale -> scale.compareTo(Rational.ONE) < 0)
                        .isPresent()) {
            at = mark;
            return first * 100;
        }
        return first * 100 + rest;
    }

    /** Thousands and millions, each group smaller than the one before. */
    private long grouped(int first) {
        long total = 0;
        long group = first;
        int last = GROUPS.size();
        while (true) {
            int power = GROUPS.indexOf(word());
            if (power < 0 || power >= last) {
                return total + group;
            }
            at++;
            spelled = true;
            last = power;
            total += group * (long) Math.pow(1000, power + 1);
            int mark = at;
            accept("and");
            int next = belowHundred();
            if (next < 0) {
                at = mark;
                return total;
            }
            group = hundreds(next);
        }
    }
}
