package dev.wst.rewards.guard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * English number words: cardinals ("one hundred and twenty-five", "3 million", "a dozen"), fractions ("half", "three
 * quarters", "two and a half") and ordinals ("eighteenth").
 */
final class NumberWords {
    private static final List<String> SMALL = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> SMALL_ORDINALS = List.of(
            "zeroth",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth");
    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final Map<String, Long> SCALES =
            Map.of("hundred", 100L, "dozen", 12L, "thousand", 1_000L, "million", 1_000_000L, "billion", 1_000_000_000L);
    private static final Map<String, Long> CARDINALS = new HashMap<>();
    private static final Map<String, Long> ORDINALS = new HashMap<>();

    static {
        for (int i = 0; i < SMALL.size(); i++) {
            CARDINALS.put(SMALL.get(i), (long) i);
            ORDINALS.put(SMALL_ORDINALS.get(i), (long) i);
        }
        for (int i = 0; i < TENS.size(); i++) {
            CARDINALS.put(TENS.get(i), 20L + 10L * i);
            ORDINALS.put(TENS.get(i).replace("y", "ieth"), 20L + 10L * i);
        }
        SCALES.forEach((name, value) -> ORDINALS.put(name + "th", value));
    }

    private NumberWords() {}

    /**
     * A number at the head of some tokens.
     *
     * @param length how many tokens it takes
     * @param ordinal whether it names a place in an order
     * @param words whether it is written in words, at least in part
     */
    record Parsed(Quantity value, int length, boolean ordinal, boolean words) {}

    /** What a plural counts in: threes, sixes, twenties. */
    static Optional<Quantity> plural(String word) {
        return Stream.of(word.replaceFirst("ies$", "y"), word.replaceFirst("es$", ""), word.replaceFirst("s$", ""))
                .filter(stem -> !stem.equals(word) && CARDINALS.containsKey(stem))
                .map(stem -> Quantity.of(CARDINALS.getOrDefault(stem, 0L)))
                .findFirst();
    }

    /** The longest number that begins at a token. */
    static Optional<Parsed> at(List<Token> tokens, int start) {
        Cursor cursor = new Cursor(tokens, start);
        return cursor.number();
    }

    /** Reads one number; {@code at} is the next token. */
    private static final class Cursor {
        private final List<Token> tokens;
        private final int start;
        private int at;
        private boolean ordinal;
        private boolean words;

        Cursor(List<Token> tokens, int start) {
            this.tokens = tokens;
            this.start = start;
            this.at = start;
        }

        Optional<Parsed> number() {
            Optional<Quantity> whole = cardinal();
            Optional<Quantity> all = whole.isEmpty() ? fraction(Quantity.of(1)) : Optional.of(extended(whole.get()));
            return all.map(value -> new Parsed(value, at - start, ordinal, words));
        }

        /** What may follow a cardinal: "thirds", "and a half", "1/2" after a whole numeral. */
        private Quantity extended(Quantity whole) {
            if (ordinal) {
                return whole;
            }
            Optional<Quantity> parts = part(whole);
            if (parts.isPresent()) {
                return parts.get();
            }
            if (isNumeral(at) && word(at + 1).equals("/") && isNumeral(at + 2) && isNumeral(at - 1)) {
                Quantity over = Quantity.parse(word(at));
                Quantity under = Quantity.parse(word(at + 2));
                if (over.isWhole() && under.isWhole() && over.over().compareTo(under.over()) < 0) {
                    at += 3;
                    return whole.plus(over.dividedBy(under));
                }
            }
            int before = at;
            boolean beforeWords = words;
            if (word(at).equals("and")) {
                at++;
                Optional<Quantity> count = cardinal();
                // "A dozen and a half" is half a dozen more.
                Quantity one = Quantity.of(SCALES.getOrDefault(word(before - 1), 1L));
                Optional<Quantity> more = count.isPresent() ? part(count.get()) : fraction(one);
                if (more.isPresent() && !ordinal) {
                    return whole.plus(more.get());
                }
                at = before;
                words = beforeWords;
                ordinal = false;
            }
            return whole;
        }

        /** "half", "a third", "quarter" with nothing before it. */
        private Optional<Quantity> fraction(Quantity count) {
            int before = at;
            boolean article = word(at).equals("a") || word(at).equals("one");
            if (article) {
                at++;
            }
            boolean plain = word(at).equals("half");
            Optional<Quantity> found = article || plain ? part(count) : Optional.empty();
            if (found.isEmpty()) {
                at = before;
            }
            return found;
        }

        /** So many halves, quarters, thirds. */
        private Optional<Quantity> part(Quantity count) {
            int skip = word(at).equals("-") ? 1 : 0;
            String name = word(at + skip);
            long under = name.equals("half") || name.equals("halves")
                    ? 2
                    : name.equals("quarter") || name.equals("quarters") ? 4 : denominator(name, count);
            if (under < 2) {
                return Optional.empty();
            }
            at += skip + 1;
            words = true;
            return Optional.of(count.dividedBy(Quantity.of(under)));
        }

        private static long denominator(String name, Quantity count) {
            boolean plural = name.endsWith("s");
            long value = ORDINALS.getOrDefault(plural ? name.substring(0, name.length() - 1) : name, 0L);
            // "seconds" is time, and "two third" is no fraction.
            return value > 2 && (plural || count.equals(Quantity.of(1))) ? value : 0;
        }

        private Optional<Quantity> cardinal() {
            if (at < tokens.size() && tokens.get(at).kind() == Token.Kind.ORDINAL) {
                ordinal = true;
                return Optional.of(Quantity.parse(tokens.get(at++).text()));
            }
            if (at < tokens.size() && tokens.get(at).kind() == Token.Kind.NUMERAL) {
                return Optional.of(scaled(Quantity.parse(tokens.get(at++).text())));
            }
            return inWords();
        }

        private Quantity scaled(Quantity numeral) {
            Quantity value = numeral;
            while (SCALES.containsKey(word(at))) {
                value = value.times(Quantity.of(SCALES.getOrDefault(word(at++), 1L)));
                words = true;
            }
            return value;
        }

        private Optional<Quantity> inWords() {
            long total = 0;
            long group = 0;
            int taken = at;
            boolean any = false;
            int next = at;
            while (next < tokens.size() && !ordinal) {
                String word = word(next);
                if ((word.equals("-") || word.equals("and")) && any && continues(word, next, group)) {
                    next++;
                    continue;
                }
                boolean article = word.equals("a") && SCALES.containsKey(word(next + 1)) && !any;
                boolean half = word.equals("half")
                        && word(next + 1).equals("a")
                        && word(next + 2).equals("dozen");
                if (half && !any) {
                    at = next + 3;
                    words = true;
                    return Optional.of(Quantity.of(6));
                }
                Long cardinal = article ? Long.valueOf(1) : CARDINALS.get(word);
                Long place = ORDINALS.get(word);
                Long scale = SCALES.get(word);
                if (cardinal != null && fits(group, cardinal)) {
                    group += cardinal;
                } else if (scale != null && any) {
                    group = Math.max(group, 1) * scale;
                    if (scale >= 1000) {
                        total += group;
                        group = 0;
                    }
                } else if (place != null
                        && (!any || fits(group, place))
                        && !word(next + 1).equals("of")) {
                    group += place;
                    ordinal = true;
                } else {
                    break;
                }
                any = true;
                taken = ++next;
            }
            if (!any || total > 1L << 50) {
                return Optional.empty();
            }
            at = taken;
            words = true;
            return Optional.of(decimals(Quantity.of(total + group)));
        }

        /** "three point five". */
        private Quantity decimals(Quantity whole) {
            if (!word(at).equals("point") || digit(at + 1) < 0 || ordinal) {
                return whole;
            }
            Quantity value = whole;
            Quantity place = Quantity.of(1);
            at++;
            while (digit(at) >= 0) {
                place = place.dividedBy(Quantity.of(10));
                value = value.plus(place.times(Quantity.of(digit(at++))));
            }
            return value;
        }

        private long digit(int index) {
            long value = CARDINALS.getOrDefault(word(index), -1L);
            return value < 10 ? value : -1;
        }

        /** Whether a small number may be added to what the group holds: twenty and five, hundred and five. */
        private static boolean fits(long group, long value) {
            return group == 0
                    || (value > 0 && value < 10 && group % 10 == 0 && (group % 100 == 0 || group % 100 >= 20))
                    || (value > 0 && value < 100 && group % 100 == 0);
        }

        private boolean continues(String joint, int index, long group) {
            String after = word(index + 1);
            boolean number = CARDINALS.containsKey(after) || ORDINALS.containsKey(after) || SCALES.containsKey(after);
            String before = word(index - 1);
            if (!number) {
                return false;
            }
            if (joint.equals("and")) {
                return SCALES.containsKey(before) && !before.equals("dozen") && fits(group, 1);
            }
            long unit = CARDINALS.getOrDefault(after, ORDINALS.getOrDefault(after, 99L));
            return SCALES.containsKey(after) || (TENS.contains(before) && unit < 10);
        }

        private boolean isNumeral(int index) {
            return index >= 0 && index < tokens.size() && tokens.get(index).kind() == Token.Kind.NUMERAL;
        }

        private String word(int index) {
            return index >= 0 && index < tokens.size() ? tokens.get(index).text() : "";
        }
    }
}
