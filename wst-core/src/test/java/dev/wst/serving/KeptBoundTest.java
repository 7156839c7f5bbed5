package dev.wst.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Task;
import dev.wst.serving.ServingListener.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often a choice that was made on a validation breaks the bound among fresh questions: 25 times in a thousand at most. What is
 * harmed among fresh questions is known, since the teachers are drawn from numbers.
 */
class KeptBoundTest {
    private static final int VALIDATIONS = 1000;
    /** 25 expected at most, of a deviation of 4.9: one seed in a hundred thousand has more than this by chance. */
    private static final int MOST_BROKEN = 46;

    private static final double BOUND = 0.03;
    private static final int QUESTIONS = 600;

    /** What is drawn for a question. */
    private record Drawn(String question, double sureness, double harm, double help) {}

    private record Validation(List<Rollout> taught, List<Rollout> alone) {}

    /** Questions as a teacher meets them: one that harms does so where the student alone is right. */
    private static Validation drawn(SplittableRandom random, Supplier<Drawn> questions) {
        List<Rollout> taught = new ArrayList<>();
        List<Rollout> alone = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            Drawn drawn = questions.get();
            double what = random.nextDouble();
            boolean isHarmed = what < drawn.harm;
            boolean isHelped = !isHarmed && what < drawn.harm + drawn.help;
            Task task = Task.of("t" + i, drawn.question);
            Instruction instruction =
                    Instruction.sampled("do so", new int[] {1}, new double[] {drawn.sureness}, Instruction.Ending.STOP);
            taught.add(new Rollout(Attempt.of(task, instruction, Answer.of("a")), Reward.of(isHelped ? 1 : 0)));
            alone.add(new Rollout(Attempt.of(task, Instruction.none(), Answer.of("a")), Reward.of(isHarmed ? 1 : 0)));
        }
        return new Validation(taught, alone);
    }

    private static long broken(long seed, ToDoubleFunction<SplittableRandom> harmOfChoice) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, VALIDATIONS)
                .filter(i -> harmOfChoice.applyAsDouble(random.split()) > BOUND)
                .count();
    }

    /** The less sure, the more harm: of the surest nothing, of the others one in ten. */
    private static double harmByConfidence(SplittableRandom random) {
        double free = 0.4;
        double rate = 0.1;
        Validation validation = drawn(random, () -> {
            double unsure = random.nextDouble();
            return new Drawn("q", -unsure, unsure > free ? rate : 0, 0.5);
        });
        Abstention rule = Abstention.byConfidence(validation.taught, validation.alone, BOUND);
        int grid = 10_000;
        long taught = IntStream.range(0, grid)
                .filter(i -> rule.test(written("q", -(i + 0.5) / grid)))
                .count();
        return rate * Math.max(0, (double) taught / grid - free);
    }

    private static ServedTeacher.Written written(String question, double sureness) {
        return new ServedTeacher.Written(question, Outcome.TAUGHT, "do so", sureness, "0a");
    }

    @Test
    void a_threshold_keeps_its_bound() {
        assertThat(broken(1, KeptBoundTest::harmByConfidence)).isBetween(5L, (long) MOST_BROKEN);
    }

    /** Categories that all harm alike, so that half of them together are too much, and the half that looks best most of all. */
    private static double harmByCategory(SplittableRandom random) {
        int categories = 8;
        double rate = 0.05;
        Validation validation = drawn(random, () -> new Drawn("category " + random.nextInt(categories), -1, rate, 0.5));
        Abstention rule = Abstention.byCategory(validation.taught, validation.alone, BOUND, question -> question);
        long taught = IntStream.range(0, categories)
                .filter(i -> rule.test(written("category " + i, -1)))
                .count();
        return rate * taught / categories;
    }

    @Test
    void chosen_categories_keep_their_bound() {
        assertThat(broken(2, KeptBoundTest::harmByCategory)).isLessThanOrEqualTo(MOST_BROKEN);
    }

    /** How often a category is taught in which the teacher helps as often as it harms. */
    @Test
    void a_category_that_gains_nothing_is_seldom_taught() {
        SplittableRandom random = new SplittableRandom(3);
        long broken = IntStream.range(0, VALIDATIONS)
                .filter(i -> {
                    Validation validation =
                            drawn(random.split(), () -> new Drawn("category " + random.nextInt(8), -1, 0.1, 0.1));
                    return Abstention.byCategory(validation.taught, validation.alone, 0.5, question -> question)
                                    .taught()
                            > 0;
                })
                .count();
        assertThat(broken).isLessThanOrEqualTo(MOST_BROKEN);
    }
}
