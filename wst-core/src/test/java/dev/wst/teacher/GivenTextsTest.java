package dev.wst.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.InvalidInputException;
import dev.wst.Sampling;
import dev.wst.Task;
import dev.wst.engine.model.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenTextsTest {
    private static final Sampling SAMPLING =
            Sampling.defaults().withMaxTokens(4).withTemperature(0.7);

    @TempDir
    Path directory;

    private TransformerTeacher teacher;

    @BeforeEach
    void load() throws IOException {
        Path model = TinyModel.withControlToken(Files.createDirectory(directory.resolve("model")));
        Path config = model.resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replaceAll("\"eos_token_id\": *\\d+", "\"eos_token_id\": [2, 96, 5]"));
        teacher = TransformerTeacher.builder(model)
                .prompt(TeacherPrompt.bare("{question}"))
                .build();
    }

    @AfterEach
    void close() {
        teacher.close();
    }

    private static Advice given(String text) {
        return Advice.of(Task.of("t", "w5 w9"), Instruction.fixed(text));
    }

    private Instruction read(String text) {
        return teacher.inOwnTokens(List.of(given("w1"), given(text)), SAMPLING)
                .get(1)
                .instruction();
    }

    private double logProbability(Instruction instruction) {
        return Arrays.stream(teacher.read(List.of(Advice.of(Task.of("t", "w5 w9"), instruction)), 0.7)
                        .get(0)
                        .scores()
                        .logProbabilities())
                .sum();
    }

    @Test
    void a_text_gets_its_tokens_and_their_log_probabilities_at_the_temperature_of_drawing() {
        Instruction instruction = read("w7 w11");
        assertThat(instruction.text()).isEqualTo("w7 w11");
        assertThat(instruction.ending()).isEqualTo(Instruction.Ending.STOP);
        assertThat(instruction.tokens()).hasSize(3).startsWith(7, 11);
        assertThat(Arrays.stream(instruction.logProbabilities()).sum())
                .isCloseTo(logProbability(instruction), within(1e-5));
    }

    @Test
    void of_several_tokens_that_end_a_text_it_gets_the_likeliest() {
        Instruction instruction = read("w7 w11");
        int end = instruction.tokens()[2];
        assertThat(end).isIn(2, 5, 96);
        for (int other : new int[] {2, 5, 96}) {
            Instruction ended =
                    Instruction.sampled("w7 w11", new int[] {7, 11, other}, new double[3], Instruction.Ending.STOP);
            assertThat(logProbability(ended)).isLessThanOrEqualTo(logProbability(instruction) + 1e-6);
        }
    }

    @Test
    void the_name_of_a_control_token_is_text() {
        assertThat(read("<|turn|>").tokens()[0]).isNotEqualTo(96);
    }

    @Test
    void what_the_teacher_could_not_have_written_is_refused() {
        assertThatThrownBy(() -> read("w1 w2 w3 w4"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the instruction \"w1 w2 w3 w4\" has 5 tokens with the one that ends it, but the teacher's"
                        + " instructions have at most 4; shorten it, or let the teacher write more");
        assertThatThrownBy(() ->
                        teacher.inOwnTokens(List.of(given("w1 w2")), SAMPLING.withStopStrings(List.of("w2", "w3"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the instruction \"w1 w2\" holds \"w2\", before which the teacher's instructions end; take"
                        + " that out of it or of the stop strings");
    }
}
