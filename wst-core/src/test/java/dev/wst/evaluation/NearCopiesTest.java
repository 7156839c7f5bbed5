package dev.wst.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearCopiesTest {
    private static final String LONG =
            "Natalia sold clips to 48 of her friends in April, and then she sold half as many"
                    + " clips in May. How many clips did Natalia sell altogether in April and May?";

    private static List<NearCopies.Pair> pairs(String training, String validation) {
        return NearCopies.between(List.of(Task.of("a", training)), List.of(Task.of("b", validation)))
                .pairs();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is 6 times 7?|what is   6 times 7",
                "'Add these, please: 3.5 and 4'|'add these please 3.5 and 4!'",
                "Is it \"so\"?|is it so"
            })
    void case_spaces_and_the_signs_of_sentences_make_no_other_question(String training, String validation) {
        assertThat(pairs(training, validation))
                .singleElement()
                .satisfies(pair -> assertThat(pair.overlap()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is the total of these numbers: 1 4 7 8 9|What is the total of these numbers: 1 4 7 8 6",
                "What is the total of these numbers: 1 4 7 8 9|What is the total of these numbers: 9 8 7 4 1",
                "Write these few letters all backwards now: a b c d e f|Write these few letters all backwards now: a b c d e i",
                "What is 2+3?|What is 2-3?",
                "What is 3.5 and 4?|What is 35 and 4?",
                "Short and different|Short and other"
            })
    void the_same_words_about_other_numbers_or_letters_are_another_question(String training, String validation) {
        assertThat(pairs(training, validation)).isEmpty();
    }

    @Test
    void a_question_with_a_word_changed_is_nearly_the_same() {
        assertThat(pairs(LONG, LONG.replace("altogether", "in all")))
                .singleElement()
                .satisfies(pair -> {
                    assertThat(pair.overlap()).isEqualTo(0.76);
                    assertThat(pair.training().id()).isEqualTo("a");
                    assertThat(pair.validation().id()).isEqualTo("b");
                });
        assertThat(pairs(LONG, LONG.replace("48", "50"))).isEmpty();
        assertThat(pairs(LONG, LONG.replace("altogether", "in all").replace("her friends", "the neighbours")))
                .isEmpty();
    }

    @Test
    void an_article_is_no_letter_of_a_list() {
        assertThat(pairs(LONG + " It was a fine year.", LONG + " It was the fine year."))
                .hasSize(1);
    }

    @Test
    void the_first_three_are_named_and_all_counted() {
        List<Task> training = new ArrayList<>();
        List<Task> validation = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            training.add(Task.of("train-" + i, "What is " + i + " times 7?"));
            validation.add(Task.of("test-" + i, "what is " + i + " times 7"));
        }
        validation.add(Task.of("test-new", "what is 99 times 7"));
        assertThat(NearCopies.between(training, validation).warning().map(text -> text.replace("\r", "")))
                .contains("""
                        5 of 6 validation questions are, or nearly are, training questions; what was trained on cannot measure \
                        what was learned:
                          test-0 is like train-0 of training (100 %)
                          test-1 is like train-1 of training (100 %)
                          test-2 is like train-2 of training (100 %)
                          and 2 more""");
        assertThat(NearCopies.between(training, validation.subList(5, 6)).warning())
                .isEmpty();
    }

    @Test
    void the_training_question_that_shares_most_is_named() {
        List<Task> training = IntStream.range(0, 3)
                .mapToObj(i -> Task.of("train-" + i, i == 1 ? LONG + " Say so." : "Other words. " + LONG))
                .toList();
        assertThat(NearCopies.between(training, List.of(Task.of("b", LONG + " Say so now.")))
                        .pairs())
                .extracting(pair -> pair.training().id())
                .containsExactly("train-1");
    }

    @Test
    void the_wording_of_an_exercise_makes_no_copy() {
        List<Task> training = IntStream.range(0, 11)
                .mapToObj(i -> Task.of("train-" + i, "Please name the very best thing about the city of " + word(i)))
                .toList();
        List<Task> validation = List.of(Task.of("b", "Please name the very best thing about the city of " + word(20)));
        assertThat(NearCopies.between(training, validation).pairs()).isEmpty();
        assertThat(NearCopies.between(training.subList(0, 10), validation).pairs())
                .hasSize(1);
    }

    private static String word(int i) {
        return "x" + (char) ('a' + i);
    }
}
