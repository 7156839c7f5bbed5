package dev.wst.examples.torture;

import dev.wst.Seed;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which fault meets which try of which question, drawn from a seed: the same whenever it is asked.
 *
 * @param percent of the tries that one is done to
 * @param among as likely each
 */
record Faults(Seed seed, int percent, Fault... among) {
    private static final int ALL = 100;

    static Faults none() {
        return new Faults(new Seed(0), 0);
    }

    /** @param tried how often the question was asked before */
    Optional<Fault> of(String question, int tried) {
        SplittableRandom random =
                new SplittableRandom(seed.derive(question).derive(tried).value());
        return random.nextInt(ALL) < percent ? Optional.of(among[random.nextInt(among.length)]) : Optional.empty();
    }
}
