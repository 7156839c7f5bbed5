package dev.wst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCallTest {
    private static final Task TASK = Task.of("t", "What is 6 times 7?");
    private static final Advice ADVICE = Advice.of(TASK, Instruction.fixed("Multiply."));

    private static Advice after(Advice first, String answer, String instruction) {
        return new Advice(first.situation().after(first.answered(Answer.of(answer))), Instruction.fixed(instruction));
    }

    @Test
    void a_student_of_which_nothing_is_known_has_a_call_without_model_and_bound() {
        StudentClient student = advice -> Answer.of("42");
        ModelCall call = student.call(ADVICE);
        assertThat(call.hasModel()).isFalse();
        assertThat(call.outputTokens()).isEmpty();
        assertThat(call.withModel("small").hasModel()).isTrue();
        assertThat(StudentClient.async(advice -> CompletableFuture.completedFuture(Answer.of("42")))
                        .call(ADVICE))
                .isEqualTo(call);
    }

    @Test
    void all_that_a_student_sees_tells_its_calls_apart() {
        Task sameWords = new Task("t", TASK.prompt(), Optional.empty(), Map.of("Multiply.", "41"));
        List<Advice> different = List.of(
                ADVICE,
                Advice.of(TASK, Instruction.none()),
                Advice.of(TASK, Instruction.fixed("multiply.")),
                Advice.of(Task.of("t", "What is 6 times 8?"), Instruction.fixed("Multiply.")),
                Advice.of(Task.of("u", TASK.prompt()), Instruction.fixed("Multiply.")),
                Advice.of(sameWords, Instruction.fixed("Multiply.")),
                after(ADVICE, "41", "Multiply."),
                after(ADVICE, "41", "Check it."),
                after(ADVICE, "40", "Check it."),
                after(after(ADVICE, "41", "Check it."), "42", "Check it."));
        assertThat(different.stream().map(advice -> ModelCall.of(advice).content()))
                .doesNotHaveDuplicates();
    }

    @Test
    void which_sample_it_is_and_what_is_hidden_from_the_student_make_no_other_call() {
        Advice other = new Advice(Situation.of(Task.of("t", TASK.prompt(), "42"), 3), Instruction.fixed("Multiply."));
        assertThat(ModelCall.of(other)).isEqualTo(ModelCall.of(ADVICE));
    }

    @Test
    void the_bytes_of_all_texts_bound_the_input() {
        assertThat(ModelCall.of(ADVICE).inputTokens()).isEqualTo(18 + 9 + 2 * 16);
        assertThat(ModelCall.of(after(ADVICE, "€", "Again.")).inputTokens()).isEqualTo(18 + 6 + 9 + 3 + 4 * 16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "zwölf €", "\uD83D\uDE00", "\u0000\u007F\u0080\u07FF\u0800\uFFFF"})
    void a_text_has_at_most_as_many_tokens_as_bytes(String text) {
        assertThat(ModelCall.tokens(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void different_lists_of_texts_never_look_the_same() {
        assertThat(Stream.of(
                                List.<String>of(),
                                List.of(""),
                                List.of("", ""),
                                List.of("a"),
                                List.of("ab"),
                                List.of("a", "b"),
                                List.of("1:a"),
                                List.of("", "1:a"))
                        .map(ModelCall::joined))
                .doesNotHaveDuplicates()
                .contains("1:a1:b");
    }

    @Test
    void bounds_out_of_range_are_refused() {
        assertThatThrownBy(() -> new ModelCall("m", "q", -1, OptionalInt.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the bound of the input tokens must be at least 0, got -1");
        assertThatThrownBy(() -> new ModelCall("m", "q", 0, OptionalInt.of(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the bound of the output tokens must be at least 1, got 0; leave it empty where there is none");
    }
}
