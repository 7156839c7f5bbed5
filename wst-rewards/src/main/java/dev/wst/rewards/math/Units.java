package dev.wst.rewards.math;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The units that answers carry, and how they convert. Other words after a number are labels and do not count. */
final class Units {
    /**
     * A unit.
     *
     * @param dimension what it measures
     * @param factor how many base units of that dimension it is
     */
    record Unit(String dimension, Rational factor) {}

    private static final Map<String, Unit> TABLE = table();
    private static final Map<String, Rational> SCALES = Map.of(
            "hundred", Rational.of(100),
            "thousand", Rational.of(1000),
            "million", Rational.of(1_000_000),
            "billion", Rational.of(1_000_000_000));
    private static final Set<String> PERCENT =
            Set.of("percent", "pct", "percentage", "percents", "per cent", "%", "\\%", "percentage points");
    private static final Set<String> DEGREE = Set.of("degree", "degrees", "deg");

    private Units() {}

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
        add(units, "volume", 1, 1000, "ml", "milliliter", "milliliters", "millilitre", "millilitres");
        add(units, "volume", 1, 1, "l", "liter", "liters", "litre", "litres");
        add(units, "money", 1, 1, "dollar", "dollars", "usd");
        add(units, "money", 1, 100, "cent", "cents");
        add(units, "euro", 1, 1, "euro", "euros", "eur");
        add(units, "yuan", 1, 1, "yuan", "rmb");
        add(units, "rupee", 1, 1, "rupee", "rupees", "rs");
        add(units, "speed", 1, 1, "mph", "miles per hour");
        add(units, "angle", 1, 1, "rad", "radian", "radians");
        return Map.copyOf(units);
    }

    private static void add(
            Map<String, Unit> units, String dimension, long numerator, long denominator, String... names) {
        for (String name : names) {
            units.put(name, new Unit(dimension, Rational.of(numerator, denominator)));
        }
    }

    static boolean known(String word) {
        return TABLE.containsKey(word);
    }

    /** The unit by that name; powers and unknown words have none. */
    static Optional<Unit> named(String words) {
        return Optional.ofNullable(TABLE.get(words.strip().toLowerCase(Locale.ROOT)));
    }

    /** The factor of a number word, as in "1.2 million". */
    static Optional<Rational> scale(String word) {
        return Optional.ofNullable(SCALES.get(word.strip().toLowerCase(Locale.ROOT)));
    }

    static boolean isPercent(String word) {
        return PERCENT.contains(word);
    }

    static boolean isDegree(String word) {
        return DEGREE.contains(word);
    }
}
