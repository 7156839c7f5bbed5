package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Rational;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The units that answers carry, and how they convert. Other words after a number are labels and do not count. */
public final class Units {
    /**
     * A unit.
     *
     * @param dimension what it measures
     * @param factor how many base units of that dimension it is
     */
    public record Unit(String dimension, Rational factor) {}

    private static final Map<String, Unit> TABLE = table();
    private static final Map<String, Rational> SCALES = scales();
    private static final Pattern OTHER_VALUE = Pattern.compile(
            "\\d|\\b(?:and|or|not|than|plus|minus|power|root|factorial|choose|divided|multiplied|mod|modulo|is|are|was|were|cannot|never)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> PERCENT =
            Set.of("percent", "pct", "percentage", "percents", "per cent", "%", "\\%", "percentage points");
    private static final Set<String> DEGREE = Set.of("degree", "degrees", "deg");

    private static final Map<String, Unit> LABELS = labels();
    private static final Pattern POWER = Pattern.compile(
            "(?:(square|sq\\.?|cubic|cu\\.?)\\s+)?(\\S+?)(?:\\s+(squared|cubed)|\\^?([23\u00B2\u00B3]))?");
    private static final Pattern PER = Pattern.compile("\\s*/\\s*|\\s+per\\s+");

    private Units() {}

    /** What is no unit as a bare word between letters, but is one where it is clear that a unit stands. */
    private static Map<String, Unit> labels() {
        Map<String, Unit> labels = new HashMap<>();
        add(labels, "money", 1, 1, "$");
        add(labels, "money", 1, 100, "\u00A2");
        add(labels, "morning", 1, 1, "a.m.", "a.m", "am");
        add(labels, "afternoon", 1, 1, "p.m.", "p.m", "pm");
        add(labels, "celsius", 1, 1, "c", "celsius");
        add(labels, "fahrenheit", 1, 1, "f", "fahrenheit");
        return Map.copyOf(labels);
    }

    private static Map<String, Rational> scales() {
        Map<String, Rational> scales = new HashMap<>();
        scales.put("dozen", Rational.of(12));
        scales.put("hundred", Rational.of(100));
        scales.put("thousand", Rational.of(1000));
        scales.put("million", Rational.of(1_000_000));
        scales.put("billion", Rational.of(1_000_000_000));
        scales.put("trillion", Rational.of(1_000_000_000_000L));
        String[] parts = {
            "half halves", "third", "quarter fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"
        };
        for (int i = 0; i < parts.length; i++) {
            for (String name : parts[i].split(" ", -1)) {
                scales.put(name, Rational.of(1, i + 2L));
                scales.put(name + "s", Rational.of(1, i + 2L));
            }
        }
        scales.put("hundredths", Rational.of(1, 100));
        scales.put("thousandths", Rational.of(1, 1000));
        return Map.copyOf(scales);
    }

    private static Map<String, Unit> table() {
        Map<String, Unit> units = new HashMap<>();
        add(units, "length", 1, 1000, "mm", "millimeter", "millimeters", "millimetre", "millimetres");
        add(units, "length", 1, 100, "cm", "centimeter", "centimeters", "centimetre", "centimetres");
        add(units, "length", 1, 1, "m", "meter", "meters", "metre", "metres");
        add(units, "length", 1000, 1, "km", "kilometer", "kilometers", "kilometre", "kilometres");
        add(units, "length", 254, 10_000, "in", "inch", "inches");
        add(units, "length", 3048, 10_000, "ft", "foot", "feet");
        add(units, "length", 9144, 10_000, "yd", "yard", "yards");
        add(units, "length", 1_609_344, 1000, "mi", "mile", "miles");
        add(units, "mass", 1, 1_000_000, "mg", "milligram", "milligrams");
        add(units, "mass", 1, 1000, "g", "gram", "grams");
        add(units, "mass", 1, 1, "kg", "kilogram", "kilograms", "kgs");
        add(units, "mass", 1000, 1, "tonne", "tonnes");
        add(units, "mass", 45_359_237, 100_000_000, "lb", "lbs", "pound", "pounds");
        add(units, "mass", 45_359_237, 1_600_000_000, "oz", "ounce", "ounces");
        add(units, "time", 1, 1000, "ms", "millisecond", "milliseconds");
        add(units, "time", 1, 1, "s", "sec", "secs", "second", "seconds");
        add(units, "time", 60, 1, "min", "mins", "minute", "minutes");
        add(units, "time", 3600, 1, "h", "hr", "hrs", "hour", "hours");
        add(units, "time", 86_400, 1, "day", "days");
        add(units, "time", 604_800, 1, "week", "weeks");
        add(units, "length^3", 1, 1_000_000, "ml", "milliliter", "milliliters", "millilitre", "millilitres");
        add(units, "length^3", 1, 1000, "l", "liter", "liters", "litre", "litres");
        add(units, "money", 1, 1, "dollar", "dollars", "usd");
        add(units, "money", 1, 100, "cent", "cents");
        add(units, "euro", 1, 1, "euro", "euros", "eur");
        add(units, "yuan", 1, 1, "yuan", "rmb");
        add(units, "rupee", 1, 1, "rupee", "rupees", "rs");
        add(units, "length/time", 1_609_344, 3_600_000, "mph");
        add(units, "length/time", 1000, 3600, "kmph", "kph");
        add(units, "angle", 1, 1, "rad", "radian", "radians");
        return Map.copyOf(units);
    }

    private static void add(
            Map<String, Unit> units, String dimension, long numerator, long denominator, String... names) {
        for (String name : names) {
            units.put(name, new Unit(dimension, Rational.of(numerator, denominator)));
        }
    }

    public static boolean known(String word) {
        return TABLE.containsKey(word);
    }

    /** The unit by that name, "square feet", "cm^2" and "km per hour" included; unknown words have none. */
    public static Optional<Unit> named(String words) {
        String name = words.strip().toLowerCase(Locale.ROOT).replaceAll("\\^\\{(\\d)}", "^$1");
        Optional<Unit> whole = Optional.empty();
        for (String part : PER.split(name, -1)) {
            Optional<Unit> unit = power(part);
            if (unit.isEmpty()) {
                return unit;
            }
            whole = whole.isEmpty() ? unit : Optional.of(quotient(whole.get(), unit.get()));
        }
        return whole;
    }

    private static Unit quotient(Unit unit, Unit per) {
        return new Unit(unit.dimension() + "/" + per.dimension(), unit.factor().over(per.factor()));
    }

    private static Optional<Unit> power(String name) {
        Unit simple = TABLE.getOrDefault(name, LABELS.get(name));
        Matcher matcher = POWER.matcher(name);
        if (simple != null || !matcher.matches()) {
            return Optional.ofNullable(simple);
        }
        String mark = String.join("", marks(matcher));
        Unit base = TABLE.get(matcher.group(2));
        if (base == null || mark.isEmpty()) {
            return Optional.empty();
        }
        boolean square = mark.startsWith("sq") || mark.equals("2") || mark.equals("\u00B2");
        Rational squared = base.factor().times(base.factor());
        return Optional.of(
                square
                        ? new Unit(base.dimension() + "^2", squared)
                        : new Unit(base.dimension() + "^3", squared.times(base.factor())));
    }

    private static List<String> marks(Matcher matcher) {
        return Stream.of(matcher.group(1), matcher.group(3), matcher.group(4))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether two units that need not be in the table are the same words: "apples" and "apple", not "apples" and "pears". */
    public static boolean sameWords(String one, String other) {
        return singular(one).equals(singular(other));
    }

    private static String singular(String words) {
        return words.strip().toLowerCase(Locale.ROOT).replaceAll("(?<=\\p{L}{2})s\\b", "");
    }

    /** The factor of a number word, as in "1.2 million" or "2 thirds". */
    static Optional<Rational> scale(String word) {
        return Optional.ofNullable(SCALES.get(word.strip().toLowerCase(Locale.ROOT)));
    }

    /** The power that a word raises the number before it to; 1 for all other words. */
    static int power(String word, int otherwise) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "squared" -> 2;
            case "cubed" -> 3;
            default -> otherwise;
        };
    }

    /** Whether words after a number change it, or name another, so that they cannot be a unit. */
    static boolean changesValue(String words) {
        return OTHER_VALUE.matcher(words).find();
    }

    static boolean isPercent(String word) {
        return PERCENT.contains(word);
    }

    static boolean isDegree(String word) {
        return DEGREE.contains(word);
    }
}
