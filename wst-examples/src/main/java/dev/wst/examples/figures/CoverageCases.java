package dev.wst.examples.figures;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Rewards whose true mean, or true difference of means, is known. */
final class CoverageCases {
    private CoverageCases() {}

    /**
     * Rewards of one arm, or of two on the same question.
     *
     * @param mean of what {@code draw} gives, the first less the second where there are two
     * @param draw one question's reward or rewards
     */
    record Case(String name, double mean, Function<SplittableRandom, double[]> draw) {}

    /** A share of right answers. */
    static List<Case> shares() {
        return List.of(share(0.02), share(0.1), share(0.3), share(0.5), share(0.8), share(0.95));
    }

    private static Case share(double right) {
        return new Case("0/1, " + percent(right) + " right", right, random ->
                new double[] {random.nextDouble() < right ? 1 : 0});
    }

    /** Shares of right answers of two arms on the same questions: both, only the first, only the second. */
    static List<Case> pairedShares() {
        return List.of(
                paired(0.5, 0, 0),
                paired(0.5, 0.01, 0.01),
                paired(0.6, 0.05, 0.02),
                paired(0.4, 0.04, 0.005),
                paired(0.8, 0.1, 0),
                paired(0.5, 0.1, 0.1),
                paired(0.3, 0.2, 0.1),
                paired(0.25, 0.25, 0.25),
                paired(0.3, 0.4, 0),
                paired(0.1, 0.6, 0.05),
                paired(0.02, 0.9, 0.01));
    }

    private static Case paired(double both, double first, double second) {
        return new Case(
                "0/1, both " + percent(both) + ", only one " + percent(first) + " and " + percent(second),
                first - second,
                random -> {
                    double u = random.nextDouble();
                    if (u < both) {
                        return new double[] {1, 1};
                    }
                    if (u < both + first) {
                        return new double[] {1, 0};
                    }
                    return u < both + first + second ? new double[] {0, 1} : new double[] {0, 0};
                });
    }

    /** Rewards from 0 to 10 of one arm. */
    static List<Case> rewards() {
        return List.of(
                new Case("even from 0 to 10", 5, random -> one(10 * random.nextDouble())),
                new Case("near 0, a few high", 10 / 3.0, random -> one(10 * Math.pow(random.nextDouble(), 2))),
                new Case("very near 0, few high", 10 / 6.0, random -> one(10 * Math.pow(random.nextDouble(), 5))),
                new Case("grades 1 to 10, most 8 or 9", grade(), random -> one(grade(random.nextDouble()))),
                new Case("80 % 0, 10 % 5, 10 % 10", 1.5, random -> one(fifths(random.nextDouble()))),
                new Case("80 % 0, 20 % 10", 2, random -> one(random.nextDouble() < 0.2 ? 10 : 0)),
                new Case("95 % 0, 5 % 10", 0.5, random -> one(random.nextDouble() < 0.05 ? 10 : 0)),
                new Case("99 % 0, 1 % 10", 0.1, random -> one(random.nextDouble() < 0.01 ? 10 : 0)));
    }

    /** Rewards from 0 to 10 of two arms on the same questions. */
    static List<Case> pairedRewards() {
        return List.of(
                new Case("even, alike but for noise", 0.5, random -> {
                    double common = 1 + 8 * random.nextDouble();
                    return new double[] {common + random.nextDouble(), common + random.nextDouble() - 0.5};
                }),
                new Case("even, independent", 0, random ->
                        new double[] {10 * random.nextDouble(), 10 * random.nextDouble()}),
                new Case(
                        "equal on 70 %, +4 on 15 %, -3 on 15 %",
                        0.15, random -> {
                            double u = random.nextDouble();
                            return new double[] {5 + (u < 0.15 ? 4 : u < 0.3 ? -3 : 0), 5};
                        }),
                new Case(
                        "equal on 90 %, +10 on 10 %",
                        1, random -> {
                            return new double[] {random.nextDouble() < 0.1 ? 10 : 0, 0};
                        }),
                new Case(
                        "equal on 98 %, +10 on 2 %",
                        0.2, random -> {
                            return new double[] {random.nextDouble() < 0.02 ? 10 : 0, 0};
                        }),
                new Case(
                        "0 or 10, equal on 98 %, +10 on 2 %",
                        0.2, random -> {
                            double common = random.nextDouble() < 0.5 ? 10 : 0;
                            return random.nextDouble() < 0.02 ? new double[] {10, 0} : new double[] {common, common};
                        }));
    }

    private static double[] one(double reward) {
        return new double[] {reward};
    }

    private static double fifths(double u) {
        return u < 0.8 ? 0 : u < 0.9 ? 5 : 10;
    }

    private static final double[] GRADES = {.01, .01, .01, .02, .03, .05, .1, .27, .33, .17};

    private static double grade() {
        double mean = 0;
        for (int i = 0; i < GRADES.length; i++) {
            mean += GRADES[i] * (i + 1);
        }
        return mean;
    }

    private static double grade(double u) {
        int grade = 0;
        double rest = u;
        while (grade < GRADES.length - 1 && rest >= GRADES[grade]) {
            rest -= GRADES[grade];
            grade++;
        }
        return grade + 1;
    }

    private static String percent(double share) {
        return (share * 100 == Math.rint(share * 100) ? Long.toString(Math.round(share * 100)) : "" + share * 100)
                + " %";
    }
}
