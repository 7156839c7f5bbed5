package dev.wst.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.InvalidInputException;
import dev.wst.ModelCall;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptAnswersTest {
    private static final ModelCall CALL = new ModelCall("small", "What is 6 times 7?", 20, OptionalInt.of(100));

    @TempDir
    Path directory;

    private AnswerStore open() {
        return AnswerStore.open(directory.resolve("answers.sqlite"));
    }

    @Test
    void an_answer_comes_back_with_its_end_and_its_tokens() {
        Answer answer = Answer.of("It is 42.", Answer.Finish.LENGTH, OptionalInt.of(11), OptionalInt.of(3));
        try (AnswerStore store = open()) {
            assertThat(KeptAnswers.of(store, "student").keep(CALL, 0, answer)).isEqualTo(answer);
        }
        try (AnswerStore store = open()) {
            assertThat(KeptAnswers.of(store, "student").find(CALL, 0)).contains(answer);
        }
    }

    @Test
    void what_the_student_did_not_count_stays_unknown() {
        try (AnswerStore store = open()) {
            KeptAnswers kept = KeptAnswers.of(store, "student");
            assertThat(kept.keep(CALL, 0, Answer.of("42"))).isEqualTo(Answer.of("42"));
            assertThat(kept.find(CALL, 0)).contains(Answer.of("42"));
        }
    }

    @Test
    void samples_of_one_call_stay_as_many_answers() {
        try (AnswerStore store = open()) {
            KeptAnswers kept = KeptAnswers.of(store, "student");
            IntStream.range(0, 4).forEach(k -> kept.keep(CALL, k, Answer.of("answer " + k)));
            assertThat(IntStream.range(0, 4)
                            .mapToObj(k -> kept.find(CALL, k).orElseThrow().text()))
                    .containsExactly("answer 0", "answer 1", "answer 2", "answer 3");
            assertThat(kept.find(CALL, 4)).isEmpty();
        }
    }

    @Test
    void a_failure_is_not_kept() {
        Answer failure = Answer.failed(Answer.FailureKind.ERROR, "no connection");
        try (AnswerStore store = open()) {
            KeptAnswers kept = KeptAnswers.of(store, "student");
            assertThat(kept.keep(CALL, 0, failure)).isEqualTo(failure);
            assertThat(kept.find(CALL, 0)).isEmpty();
        }
    }

    @Test
    void a_judge_asked_the_same_has_replies_of_its_own() {
        try (AnswerStore store = open()) {
            KeptAnswers.of(store, "student").keep(CALL, 0, Answer.of("42"));
            assertThat(KeptAnswers.of(store, "judge").find(CALL, 0)).isEmpty();
        }
    }

    @Test
    void whoever_answers_second_goes_on_with_the_first_answer() {
        try (AnswerStore one = open();
                AnswerStore other = open()) {
            KeptAnswers.of(one, "student").keep(CALL, 0, Answer.of("first"));
            assertThat(KeptAnswers.of(other, "student").keep(CALL, 0, Answer.of("second")))
                    .isEqualTo(Answer.of("first"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It is 42.",
                "{\"text\":\"42\"}",
                "{\"text\":\"42\",\"finish\":\"SLEEP\"}",
                "{\"text\":42,\"finish\":\"STOP\"}",
                "[]"
            })
    void what_others_wrote_in_its_place_is_refused_with_a_word_on_where_it_may_come_from(String text) {
        try (AnswerStore store = open()) {
            store.keep(AnswerKey.of("student", CALL, 0), text);
            KeptAnswers kept = KeptAnswers.of(store, "student");
            assertThatThrownBy(() -> kept.find(CALL, 0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "the store of answers holds, in the place of an answer, what this version does not read: "
                                    + text
                                    + "; was it written by a newer version, or by other code? Take that version, or another file");
        }
    }
}
