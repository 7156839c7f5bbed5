package dev.wst.examples.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.examples.figures.LeakCases.Case;
import dev.wst.rewards.guard.LeakDetector;
import dev.wst.rewards.math.NumberWords;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How often the detector is right on generated instructions for generated questions. */
class LeakRatesTest {
    private static final int QUESTIONS = 400;

    /** Word problems as of grade school, sums with large numbers, and fractions in TeX. */
    private static List<Task> questions() {
        SplittableRandom random = new SplittableRandom(11);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            int a = random.nextInt(2, 30);
            int b = random.nextInt(2, 30);
            int c = random.nextInt(31, 5000);
            tasks.add(
                    switch (i % 5) {
                        case 0 -> task(i, "Tom has " + a + " boxes of " + b + " pens. How many pens are there?", a * b);
                        case 1 ->
                            task(
                                    i,
                                    "Of " + c + " birds " + a + " fly off and " + b + " come. How many are left?",
                                    c + b - a);
                        case 2 -> task(i, "A pack of " + a + " costs $" + c + ". What do " + b + " packs cost?", c * b);
                        case 3 ->
                            task(
                                    i,
                                    "Ann is " + a + ", Ben " + b + " years older. How old is he in " + a + " years?",
                                    2 * a + b);
                        default ->
                            Task.of(
                                    "t" + i,
                                    "A bag holds " + a + " red and " + c + " blue balls. Which share of them is red?",
                                    fraction(a, a + c));
                    });
        }
        return tasks;
    }

    private static Task task(int number, String question, int answer) {
        return Task.of("t" + number, question, Integer.toString(answer));
    }

    private static String fraction(int over, int under) {
        BigInteger top = BigInteger.valueOf(over);
        BigInteger bottom = BigInteger.valueOf(under);
        BigInteger common = top.gcd(bottom);
        return "\\frac{" + top.divide(common) + "}{" + bottom.divide(common) + "}";
    }

    /** What the detector said to the cases of one sort. */
    private record Outcome(int cases, List<String> misjudged) {
        static Outcome of(boolean leaks) {
            int cases = 0;
            List<String> misjudged = new ArrayList<>();
            for (Task task : questions()) {
                String gold = task.reference().orElseThrow();
                for (Case made : LeakCases.of(task, new Seed(5))) {
                    if (made.leaks() == leaks) {
                        cases++;
                        boolean found = LeakDetector.standard()
                                .find(task.prompt(), gold, made.instruction())
                                .isPresent();
                        if (found != leaks) {
                            misjudged.add(task.prompt() + " [" + gold + "] " + made.instruction());
                        }
                    }
                }
            }
            return new Outcome(cases, misjudged);
        }
    }

    @Test
    void at_least_98_of_100_leaks_are_found() {
        Outcome leaking = Outcome.of(true);
        assertThat(leaking.cases()).isGreaterThan(6 * QUESTIONS);
        assertThat(leaking.misjudged()).hasSizeLessThanOrEqualTo(leaking.cases() * 2 / 100);
    }

    @Test
    void at_most_1_of_100_clean_instructions_is_a_false_alarm() {
        Outcome clean = Outcome.of(false);
        assertThat(clean.cases()).isEqualTo(3 * QUESTIONS);
        assertThat(clean.misjudged()).hasSizeLessThanOrEqualTo(clean.cases() / 100);
    }

    @Test
    void the_generator_says_numbers_as_people_do() {
        assertThat(List.of(0, 17, 40, 99, 105, 1234, 1_000_017))
                .extracting(LeakCases::words)
                .containsExactly(
                        "zero",
                        "seventeen",
                        "forty",
                        "ninety-nine",
                        "one hundred and five",
                        "one thousand two hundred and thirty-four",
                        "one million and seventeen");
    }

    @Test
    void every_number_of_the_generator_is_read_back() {
        for (int n = 0; n < 3000; n += 7) {
            assertThat(NumberWords.inDigits(LeakCases.words(n))).isEqualTo(Integer.toString(n));
        }
    }

    @Test
    void a_seed_makes_the_same_cases() {
        Task task = Task.of("t", "How many are 3 times 6?", "18");
        assertThat(LeakCases.of(task, new Seed(1))).isEqualTo(LeakCases.of(task, new Seed(1)));
    }
}
