package dev.wst.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * Seconds as a sum of terms that a machine has a speed for, fitted by least squares to what was measured. Errors count relative
 * to the time, so that short runs weigh as much as long ones.
 */
final class Cost {
    private Cost() {}

    /**
     * One run.
     *
     * @param seconds what it took
     * @param terms what it did, by name; the same names in all points
     */
    record Point(double seconds, Map<String, Double> terms) {}

    /**
     * What was found.
     *
     * @param secondsPerUnit by term
     * @param rSquared of the seconds
     * @param worstRelativeError of any point
     */
    record Fit(Map<String, Double> secondsPerUnit, double rSquared, double worstRelativeError) {}

    /** Whether there are more points than terms: fewer would be met by anything. */
    static boolean canFit(List<Point> points) {
        return !points.isEmpty() && points.size() > points.get(0).terms.size();
    }

    /**
     * Fits the seconds per unit of every term. A term that would come out below zero, as noise can have it, is taken for zero and
     * the others are fitted without it.
     */
    static Fit fit(List<Point> points) {
        List<String> names = new ArrayList<>(points.get(0).terms.keySet());
        if (!canFit(points)) {
            throw new IllegalArgumentException("a cost of " + names.size()
                    + " terms needs more than as many points, got " + points.size() + "; measure more");
        }
        Map<String, Double> perUnit = leastSquares(points, names);
        for (Optional<String> below = lowest(perUnit); below.isPresent(); below = lowest(perUnit)) {
            names.remove(below.get());
            perUnit = leastSquares(points, names);
        }
        return new Fit(perUnit, rSquared(points, perUnit), worst(points, perUnit));
    }

    private static Optional<String> lowest(Map<String, Double> perUnit) {
        return perUnit.entrySet().stream()
                .filter(term -> term.getValue() < 0)
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    private static Map<String, Double> leastSquares(List<Point> points, List<String> names) {
        double[] ones = new double[points.size()];
        double[][] shares = new double[points.size()][names.size()];
        for (int i = 0; i < ones.length; i++) {
            Point point = points.get(i);
            ones[i] = 1;
            for (int j = 0; j < names.size(); j++) {
                shares[i][j] = point.terms.getOrDefault(names.get(j), 0.0) / point.seconds;
            }
        }
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.setNoIntercept(true);
        regression.newSampleData(ones, shares);
        double[] coefficients = regression.estimateRegressionParameters();
        Map<String, Double> perUnit = new LinkedHashMap<>();
        for (int j = 0; j < names.size(); j++) {
            perUnit.put(names.get(j), coefficients[j]);
        }
        return perUnit;
    }

    private static double seconds(Point point, Map<String, Double> perUnit) {
        return point.terms.entrySet().stream()
                .mapToDouble(term -> term.getValue() * perUnit.getOrDefault(term.getKey(), 0.0))
                .sum();
    }

    private static double rSquared(List<Point> points, Map<String, Double> perUnit) {
        double mean = points.stream().mapToDouble(Point::seconds).average().orElseThrow();
        double left = 0;
        double all = 0;
        for (Point point : points) {
            left += Math.pow(point.seconds - seconds(point, perUnit), 2);
            all += Math.pow(point.seconds - mean, 2);
        }
        return 1 - left / all;
    }

    private static double worst(List<Point> points, Map<String, Double> perUnit) {
        return points.stream()
                .mapToDouble(point -> Math.abs(seconds(point, perUnit) / point.seconds - 1))
                .max()
                .orElseThrow();
    }
}
