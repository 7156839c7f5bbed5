package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Seed;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RaceTest {
    private static final List<String> THREE = List.of("one", "two", "three");

    private static void earned(Race race, String instruction, double... rewards) {
        for (double reward : rewards) {
            race.earned(instruction, reward);
        }
        race.decide();
    }

    @Test
    void those_that_are_tried_are_drawn_anew_for_each_seed_and_no_two_alike() {
        Race race = new Race(THREE);
        assertThat(race.tried(5, new Seed(1))).hasSize(2).doesNotHaveDuplicates();
        assertThat(race.tried(64, new Seed(1))).containsExactlyInAnyOrder("one", "two", "three");
        assertThat(IntStream.range(0, 50)
                        .mapToObj(seed -> race.tried(2, new Seed(seed)).get(0)))
                .contains("one", "two", "three");
        assertThat(new Race(List.of()).tried(4, new Seed(1))).isEmpty();
    }

    @Test
    void one_is_out_when_chance_does_not_explain_the_difference() {
        Race race = new Race(THREE);
        earned(race, "one", 1, 1, 0);
        earned(race, "two", 0, 1, 0);
        assertThat(race.left()).as("2 and 1 of three").containsExactly("one", "two", "three");
        earned(race, "one", 1, 1, 1, 1, 0);
        earned(race, "two", 0, 1, 0, 0, 0);
        assertThat(race.left()).as("of eight").containsExactly("one", "three");
        earned(race, "two", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(race.left()).as("nothing comes back").containsExactly("one", "three");
    }

    @Test
    void few_that_are_equal_by_chance_show_nothing() {
        Race race = new Race(THREE);
        earned(race, "one", 1);
        earned(race, "two", 0);
        assertThat(race.left()).hasSize(3);
        earned(race, "one", 1, 1);
        earned(race, "two", 0, 0);
        assertThat(race.left()).containsExactly("one", "three");
    }

    @Test
    void the_best_is_hardly_ever_lost_and_the_bad_ones_go() {
        double[] worth = {0.85, 0.6, 0.5, 0.4, 0.2};
        List<String> names = List.of("a", "b", "c", "d", "e");
        int kept = 0;
        int bad = 0;
        for (int run = 0; run < 500; run++) {
            SplittableRandom random = new SplittableRandom(run);
            Race race = new Race(names);
            for (int step = 0; step < 4; step++) {
                for (int i = 0; i < 32; i++) {
                    String one = race.left().get(random.nextInt(race.left().size()));
                    race.earned(one, random.nextDouble() < worth[names.indexOf(one)] ? 1 : 0);
                }
                race.decide();
            }
            kept += race.left().contains("a") ? 1 : 0;
            bad += race.left().contains("e") || race.left().contains("d") ? 1 : 0;
        }
        assertThat(kept).isGreaterThan(485);
        assertThat(bad).isLessThan(15);
    }
}
