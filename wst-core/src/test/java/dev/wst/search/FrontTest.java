package dev.wst.search;

import static dev.wst.search.Searches.candidate;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrontTest {
    private static final double NONE = Double.NaN;

    @Test
    void a_candidate_counts_by_the_questions_that_nobody_is_better_at() {
        Front front = new Front(List.of(
                candidate("first three", 1, 1, 1, 0),
                candidate("last", 0, 0, 0, 1),
                candidate("mean highest, best at none", 0.9, 0.9, 0.9, 0.9)));
        assertThat(front.wins()).containsExactly(3, 1, 0);
    }

    @Test
    void who_is_nowhere_better_than_another_is_left_out() {
        Front front = new Front(List.of(candidate("all", 1, 1, 0), candidate("one of them", 1, 0, 0)));
        assertThat(front.wins()).containsExactly(3, 0);
        Front equal = new Front(List.of(candidate("a", 1, 0), candidate("b", 1, 0)));
        assertThat(equal.wins()).containsExactly(2, 2);
    }

    @Test
    void a_question_without_a_verdict_is_neither_won_nor_lost() {
        Front front = new Front(List.of(candidate("a", NONE, 1), candidate("b", 0, 1), candidate("c", NONE, 0.5)));
        // Nobody else has a verdict on the first; on the second a and b are equal, and c is worse than both.
        assertThat(front.wins()).containsExactly(1, 2, 0);
        assertThat(new Front(List.of(candidate("a", NONE), candidate("b", NONE))).wins())
                .containsExactly(0, 0);
    }

    @Test
    void one_is_drawn_as_often_as_it_wins() {
        Front front = new Front(
                List.of(candidate("three", 1, 1, 1, 0), candidate("none", 0, 0, 0, 0), candidate("one", 0, 0, 0, 1)));
        int[] drawn = new int[3];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 4000; i++) {
            drawn[front.draw(random)]++;
        }
        assertThat(drawn[1]).isZero();
        assertThat(drawn[0]).isBetween(2850, 3150);
        assertThat(new Front(List.of(candidate("a", NONE), candidate("b", NONE))).draw(random))
                .isBetween(0, 1);
    }
}
