package dev.wst.rewards.math.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Points on both sides of every place where one of some polynomials is zero. Along a line that is parallel to an axis they
 * have one variable, and their zeros and turning points cut it into pieces, each of which gives a point. With one variable
 * in all these are all pieces that there are; with more, lines go through points of every size and sign.
 */
public final class Slices {
    private static final double[] SIZES = {1.7, 0.3, 23, 1900};
    private static final int LINES = 24;
    private static final int MOST_DEGREE = 12;

    private final List<Polynomial> polynomials;
    private final Atoms atoms;
    private final Budget budget;
    private boolean complete = true;

    public Slices(List<Polynomial> polynomials, Atoms atoms, Budget budget) {
        this.polynomials = polynomials;
        this.atoms = atoms;
        this.budget = budget;
    }

    /** The points, each with a value for every one of the variables. */
    public List<Map<Integer, Double>> points(List<Integer> variables) {
        List<Map<Integer, Double>> points = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(20_011);
        int lines = variables.size() == 1 ? 1 : LINES;
        for (int line = 0; line < lines; line++) {
            Map<Integer, Double> base = new HashMap<>();
            for (int i = 0; i < variables.size(); i++) {
                double size = SIZES[(line / 2 + i * (line % 3)) % SIZES.length] * (0.6 + random.nextDouble());
                base.put(variables.get(i), (line + (line >> i) + (line >> (i + 1))) % 2 == 0 ? size : -size);
            }
            Integer axis = variables.get(line % variables.size());
            for (double place : places(base, axis)) {
                Map<Integer, Double> point = new HashMap<>(base);
                point.put(axis, place);
                points.add(point);
            }
        }
        return points;
    }

    /** Whether all zeros were found along the lines that points were asked on: there are no roots of variables in the way. */
    public boolean complete() {
        return complete;
    }

    private List<Double> places(Map<Integer, Double> base, int axis) {
        TreeSet<Double> cuts = new TreeSet<>(List.of(0.0));
        for (Polynomial polynomial : polynomials) {
            budget.spend(1 + polynomial.terms().size() / 2);
            double[] coefficients = coefficients(polynomial, base, axis);
            complete &= coefficients.length > 0;
            cuts.addAll(zeros(coefficients));
        }
        List<Double> places = new ArrayList<>();
        double before = Double.NaN;
        for (double cut : cuts) {
            places.add(Double.isNaN(before) ? cut - 1.37 - Math.abs(cut) : (before + 2 * cut) / 3);
            before = cut;
        }
        places.add(before + 1.37 + Math.abs(before));
        places.add(before + 1000.3 + 7 * Math.abs(before));
        return places;
    }

    /** The coefficients in one variable, where the others have values; those that cannot be had are none. */
    private double[] coefficients(Polynomial polynomial, Map<Integer, Double> base, int axis) {
        double[] coefficients = new double[MOST_DEGREE + 1];
        for (Map.Entry<Monomial, Rational> term : polynomial.terms().entrySet()) {
            Monomial monomial = term.getKey();
            double value = number(term.getValue());
            int degree = 0;
            for (int position = 0; position < monomial.size(); position++) {
                int exponent = monomial.exponent(position);
                if (monomial.atom(position) == axis) {
                    degree = exponent % Monomial.UNIT == 0 ? exponent / Monomial.UNIT : -1;
                } else {
                    value *= Math.pow(value(monomial.atom(position), base, atoms), (double) exponent / Monomial.UNIT);
                }
            }
            if (degree < 0 || degree > MOST_DEGREE || Double.isNaN(value)) {
                return new double[0];
            }
            coefficients[degree] += value;
        }
        return coefficients;
    }

    /** The zeros and turning points of a polynomial: between its turning points it has at most one zero. */
    private static List<Double> zeros(double[] coefficients) {
        int degree = coefficients.length - 1;
        while (degree >= 0 && coefficients[degree] == 0) {
            degree--;
        }
        if (degree <= 0) {
            return List.of();
        }
        double[] slope = new double[degree];
        for (int i = 1; i <= degree; i++) {
            slope[i - 1] = i * coefficients[i];
        }
        List<Double> turns = zeros(slope);
        double bound = 1;
        for (int i = 0; i < degree; i++) {
            bound = Math.max(bound, 1 + Math.abs(coefficients[i] / coefficients[degree]));
        }
        TreeSet<Double> ends = new TreeSet<>(turns);
        ends.add(-bound);
        ends.add(bound);
        List<Double> found = new ArrayList<>(turns);
        Double from = null;
        for (Double to : ends) {
            if (from != null && at(coefficients, from) * at(coefficients, to) < 0) {
                found.add(bisected(coefficients, from, to));
            }
            from = to;
        }
        return found;
    }

    private static double bisected(double[] coefficients, double from, double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            boolean left = at(coefficients, low) * at(coefficients, middle) <= 0;
            high = left ? middle : high;
            low = left ? low : middle;
        }
        return (low + high) / 2;
    }

    private static double at(double[] coefficients, double x) {
        double value = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            value = value * x + coefficients[i];
        }
        return value;
    }

    /** The value at a point; not a number if it has other generators than variables and constants. */
    static double value(Polynomial polynomial, Map<Integer, Double> point, Atoms atoms) {
        double sum = 0;
        for (Map.Entry<Monomial, Rational> term : polynomial.terms().entrySet()) {
            double product = number(term.getValue());
            for (int position = 0; position < term.getKey().size(); position++) {
                double exponent = (double) term.getKey().exponent(position) / Monomial.UNIT;
                product *= Math.pow(value(term.getKey().atom(position), point, atoms), exponent);
            }
            sum += product;
        }
        return sum;
    }

    private static double value(int atom, Map<Integer, Double> point, Atoms atoms) {
        return switch (atoms.kind(atom)) {
            case VARIABLE -> point.getOrDefault(atom, Double.NaN);
            case PI -> Math.PI;
            case E -> Math.E;
            case PRIME -> atoms.value(atom).doubleValue();
            case I, OPAQUE -> Double.NaN;
        };
    }

    public static boolean inVariables(Polynomial polynomial, Atoms atoms) {
        for (Monomial monomial : polynomial.terms().keySet()) {
            for (int position = 0; position < monomial.size(); position++) {
                Atoms.Kind kind = atoms.kind(monomial.atom(position));
                if (kind == Atoms.Kind.OPAQUE || kind == Atoms.Kind.I) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double number(Rational value) {
        return value.bits() > 900 ? Double.NaN : Precision.STANDARD.of(value).doubleValue();
    }
}
