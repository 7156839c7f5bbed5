package dev.wst.rewards.math.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A value for every variable: distinct, without pattern, and always the same for the same name, so that a verdict never
 * depends on chance. Expressions with factorials are evaluated at whole numbers.
 */
public final class Point {
    private static final int[] PRIMES = {7, 11, 13, 17, 19, 23, 29, 31, 37, 41};

    private static final long[] SPREAD = {300, -700, 2_100, -5_300, 6_700, -23_000, 47_000, -310_000, 1_900_000, 20, -40
    };

    private final int which;
    private final boolean whole;
    private final Map<String, Rational> named;

    private Point(int which, boolean whole, Map<String, Rational> named) {
        this.which = which;
        this.whole = whole;
        this.named = named;
    }

    /**
     * @param which 0 and 1 are positive points; at 2 all variables are negative, at 3 about half
     * @param whole whether variables are small whole numbers
     */
    public Point(int which, boolean whole) {
        this(which, whole, Map.of());
    }

    /** A point with given values; other names have values without pattern. */
    public static Point of(Map<String, Rational> values) {
        return new Point(0, false, Map.copyOf(values));
    }

    /** Points at which the names have values of every size, alike in sign and not. */
    public static List<Point> spread(Set<String> names) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < SPREAD.length; i++) {
            Map<String, Rational> values = new HashMap<>();
            int turn = 0;
            for (String name : new TreeSet<>(names)) {
                long size = SPREAD[(i + turn * (i % 2 == 0 ? 1 : 3)) % SPREAD.length];
                values.put(name, Rational.of(size * 1_000 + 377 + 71L * turn, 1_000_000));
                turn++;
            }
            points.add(Point.of(values));
        }
        return points;
    }

    public boolean hasNegatives() {
        return which >= 2 && !whole;
    }

    Rational valueOf(String name) {
        Rational given = named.get(name);
        if (given != null) {
            return given;
        }
        SplittableRandom random = new SplittableRandom(31L * name.hashCode() + which);
        if (whole) {
            return Rational.of(PRIMES[random.nextInt(PRIMES.length)] + 3L * which);
        }
        long digits = 300_000_007L + random.nextLong(2_400_000_000L);
        boolean negative = which == 2 || (which == 3 && random.nextBoolean());
        return Rational.of(negative ? -digits : digits, 1_000_000_000L);
    }
}
