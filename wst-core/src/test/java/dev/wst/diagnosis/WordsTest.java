package dev.wst.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Situation;
import dev.wst.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What texts have in common, and what is chance. */
class WordsTest {
    @Test
    void case_white_space_and_punctuation_do_not_count_and_numbers_are_whole() {
        assertThat(Words.of(" The  ANSWER: -1,234.5 (or 3/4)!").list())
                .containsExactly("the", "answer", "-1,234.5", "or", "3/4");
        assertThat(Words.of("x = 142").contain(Words.of("42"))).isFalse();
        assertThat(Words.of("so 42.").contain(Words.of("42"))).isTrue();
        assertThat(Words.of("anything").contain(Words.of(""))).isFalse();
        assertThat(Words.of("数字 42").list()).containsExactly("数字", "42");
    }

    @Test
    void a_question_is_repeated_if_nearly_all_of_its_rows_of_words_are() {
        Words question = Words.of("What is the total of these numbers: 1 4 7 8 9");
        assertThat(Words.of("First say: what is the total of these numbers 1 4 7 8 9?")
                        .repeat(question))
                .isTrue();
        assertThat(Words.of("What is the total of these numbers? Add them.").repeat(question))
                .isFalse();
        assertThat(Words.of("What is it?").repeat(Words.of("What is it?"))).isTrue();
        assertThat(Words.of("Why me? Because.").repeat(Words.of("Why me?"))).isFalse();
    }

    private static List<Attempt> written(String form) {
        List<Attempt> written = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Task task = Task.of("t" + i, "How many are left of " + (i == 4 ? 4 : 100) + "?", "" + i);
            written.add(new Advice(Situation.of(task, 0), Instruction.fixed(form.replace("ANSWER", "" + i)))
                    .answered(Answer.of("")));
        }
        return written;
    }

    @Test
    void an_answer_in_an_instruction_counts_against_chance() {
        Leaks leaking = Leaks.in(written("It is ANSWER."));
        assertThat(leaking.instructions()).isEqualTo(9);
        assertThat(leaking.own()).isEqualTo(9);
        assertThat(leaking.byChance()).isZero();
        // A 2 in every instruction is the answer to one question in nine.
        Leaks chance = Leaks.in(written("Take 2 steps."));
        assertThat(chance.own()).isEqualTo(1);
        assertThat(chance.byChance()).isCloseTo(1, within(0.2));
        assertThat(Leaks.in(written("Say one of 0 1 2 3 4 5 6 7 8 9.")).own()).isEqualTo(9);
        assertThat(Leaks.in(written("Say one of 0 1 2 3 4 5 6 7 8 9.")).byChance())
                .isEqualTo(9);
    }

    @Test
    void what_stands_behind_four_signs_is_the_answer() {
        Attempt one = Attempt.of(
                Task.of("a", "How many?", "6 * 7 = 42\n#### 42"), Instruction.fixed("Say 42."), Answer.of(""));
        Attempt other = Attempt.of(Task.of("b", "How much?", "#### 5"), Instruction.fixed("Think."), Answer.of(""));
        assertThat(Leaks.in(List.of(one, other)).own()).isEqualTo(1);
    }
}
