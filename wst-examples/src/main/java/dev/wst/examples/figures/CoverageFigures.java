package dev.wst.examples.figures;

import dev.wst.Seed;
import dev.wst.evaluation.Interval;
import dev.wst.examples.figures.CoverageCases.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How often the 95 % intervals of evaluations hold what they should. */
@Command(
        name = "coverage",
        description =
                "Draws rewards whose true mean is known, and tells how many of 100 intervals of 95 %% hold it, for one arm and"
                        + " for the difference of two on the same questions.",
        mixinStandardHelpOptions = true)
public final class CoverageFigures implements Callable<Integer> {
    private static final double LEAST = 0.93;
    private static final double MOST = 0.97;
    private static final List<Integer> QUESTIONS = List.of(20, 200, 1000);

    @Option(
            names = "--samples",
            defaultValue = "10000",
            description = "Drawn for each line and each number of questions; default ${DEFAULT-VALUE}.")
    private int samples;

    @Option(names = "--seed", defaultValue = "1", description = "Default ${DEFAULT-VALUE}.")
    private long seed;

    private final List<String> outside = new ArrayList<>();
    private int measured;

    @Override
    public Integer call() {
        System.out.printf(
                Locale.ROOT,
                "Of 100 intervals so many hold the true mean (mean width behind it); %,d samples each, so that a figure is exact"
                        + " to %.1f. * outside 93 to 97%n",
                samples,
                200 * Math.sqrt(0.05 * 0.95 / samples));
        single("One arm, rewards of 0 and 1 (Wilson)", CoverageCases.shares());
        System.out.println("  any share, drawn anew for each sample:");
        line("0/1, any share", random -> {
            double right = random.nextDouble();
            return questions -> new Drawn(one(share(right), random, questions), right);
        });
        single("One arm, rewards from 0 to 10 (Student's t with Hall's correction)", CoverageCases.rewards());
        paired("Two arms, rewards of 0 and 1 (Tango)", CoverageCases.pairedShares());
        paired("Two arms, rewards from 0 to 10 (Student's t with Hall's correction)", CoverageCases.pairedRewards());
        System.out.printf("%d of %d figures lie between 93 and 97.%n  Outside:%n", measured - outside.size(), measured);
        outside.forEach(one -> System.out.println("    " + one));
        System.out.println(
                "  Above 97 an interval is wider than it need be: of few questions, or few that differ, there are so few");
        System.out.println("  different outcomes that no method comes near 95.");
        System.out.println(
                "  Below 93 it says more than it knows: where most samples hold none of the rare rewards, or one or two, no");
        System.out.println(
                "  interval can tell of them. Use more questions: at least 200, and enough that ten rewards are rare ones.");
        return 0;
    }

    private static Case share(double right) {
        return new Case("", right, random -> new double[] {random.nextDouble() < right ? 1 : 0});
    }

    /** An interval of a sample, and what it should hold. */
    private record Drawn(Interval interval, double mean) {}

    private void single(String title, List<Case> cases) {
        System.out.println(title + ":");
        cases.forEach(one ->
                line(one.name(), random -> questions -> new Drawn(one(one, random, questions), one.mean())));
    }

    private static Interval one(Case drawn, SplittableRandom random, int questions) {
        double[] rewards = new double[questions];
        for (int i = 0; i < questions; i++) {
            rewards[i] = drawn.draw().apply(random)[0];
        }
        return Interval.of(rewards);
    }

    private void paired(String title, List<Case> cases) {
        System.out.println(title + ":");
        cases.forEach(one -> line(one.name(), random -> questions -> {
            double[] first = new double[questions];
            double[] second = new double[questions];
            for (int i = 0; i < questions; i++) {
                double[] both = one.draw().apply(random);
                first[i] = both[0];
                second[i] = both[1];
            }
            return new Drawn(Interval.ofPairs(first, second), one.mean());
        }));
    }

    private void line(String name, Function<SplittableRandom, Function<Integer, Drawn>> sample) {
        StringBuilder line = new StringBuilder(String.format("  %-48s", name));
        for (int questions : QUESTIONS) {
            SplittableRandom random = new SplittableRandom(
                    new Seed(seed).derive(name).derive(questions).value());
            int held = 0;
            double width = 0;
            for (int i = 0; i < samples; i++) {
                Drawn drawn = sample.apply(random).apply(questions);
                Interval interval = drawn.interval();
                boolean holds = interval.low() <= drawn.mean() + 1e-9 && drawn.mean() <= interval.high() + 1e-9;
                held += holds ? 1 : 0;
                width += interval.high() - interval.low();
            }
            double share = (double) held / samples;
            boolean isInside = share >= LEAST && share <= MOST;
            measured++;
            if (!isInside) {
                outside.add(String.format(Locale.ROOT, "%.1f with %,d questions: %s", 100 * share, questions, name));
            }
            line.append(String.format(
                    Locale.ROOT,
                    "  %,5d: %5.1f%s (%.3f)",
                    questions,
                    100 * share,
                    isInside ? " " : "*",
                    width / samples));
        }
        System.out.println(line);
    }
}
