package dev.wst.examples.pair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordyStudentTest {
    private final WordyStudent student = new WordyStudent();

    private Attempt told(Task task, String instruction) {
        Advice advice = Advice.of(task, Instruction.fixed(instruction));
        return advice.answered(student.answer(advice));
    }

    private static Task task(Kind kind) {
        return EmbeddedPair.heldOut(20, 3).stream()
                .filter(one -> kind.name().equals(one.attributes().get("kind")))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void all_wordings_of_the_method_make_it_right_and_the_last_is_the_cheapest(Kind kind) {
        int[] tokens = kind.methods().stream()
                .map(method -> told(task(kind), method))
                .peek(attempt ->
                        assertThat(EmbeddedPair.reward().score(attempt).value()).isEqualTo(1))
                .mapToInt(attempt -> attempt.answer().outputTokens().orElseThrow())
                .toArray();
        assertThat(tokens).hasSize(3);
        assertThat(tokens[0]).isGreaterThan(tokens[1]);
        assertThat(tokens[1]).isGreaterThan(tokens[2]);
    }

    @Test
    void told_anything_else_it_is_wrong() {
        Task reverse = task(Kind.REVERSE);
        for (String instruction : new String[] {"", "Take one, skip one.", "Answer carefully."}) {
            Attempt attempt = told(reverse, instruction);
            assertThat(attempt.answer().text()).isEqualTo("answer: unknown");
            assertThat(EmbeddedPair.reward().score(attempt).value()).isZero();
        }
    }

    @Test
    void it_counts_the_words_of_its_answer() {
        Task task = task(Kind.SUM);
        Answer answer = told(task, Kind.SUM.methods().get(2)).answer();
        assertThat(answer.outputTokens()).hasValue(answer.text().strip().split(" ", -1).length);
    }
}
