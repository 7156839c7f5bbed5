package dev.wst.teacher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.engine.model.TinyModel;
import dev.wst.engine.weights.ModelFileException;
import dev.wst.engine.weights.ModelFingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher comes back from a base model and an adapter's directory alone. */
class TeacherFileTest {
    private static final TeacherPrompt OWN = TeacherPrompt.bare("w7 {question}")
            .withSystem("w3")
            .withTurn("w9 w9", "w4 \"quoted\"\n")
            .withRevision("w5 {answer}");

    @TempDir
    Path directory;

    private Path model;
    private Path adapter;

    @BeforeEach
    void save() throws IOException {
        model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
        adapter = directory.resolve("adapter");
        try (TransformerTeacher teacher =
                TransformerTeacher.builder(model).prompt(OWN).build()) {
            teacher.save(adapter);
        }
    }

    private String shown(TransformerTeacherBuilder builder) {
        try (TransformerTeacher teacher = builder.build()) {
            return requireNonNull(teacher.description().get("prompt"));
        }
    }

    private TransformerTeacherBuilder builder() {
        return TransformerTeacher.builder(model).adapter(adapter);
    }

    private void rewrite(String from, String to) throws IOException {
        Path file = adapter.resolve("teacher.json");
        assertThat(file).content().contains(from);
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    @Test
    void the_prompt_comes_back_with_the_adapter() {
        assertThat(TeacherPrompt.ofAdapter(adapter)).contains(OWN);
        assertThat(shown(builder())).isEqualTo(OWN.toString());
    }

    @Test
    void a_prompt_that_is_given_counts_more() {
        TeacherPrompt other = TeacherPrompt.bare("{question}");
        assertThat(shown(builder().prompt(other))).isEqualTo(other.toString());
    }

    @Test
    void it_goes_on_to_the_next_adapter() {
        Path next = directory.resolve("next");
        try (TransformerTeacher teacher = builder().build()) {
            teacher.save(next);
        }
        assertThat(TeacherPrompt.ofAdapter(next)).contains(OWN);
    }

    @Test
    void fresh_adapters_after_all_have_the_usual_prompt() {
        assertThat(shown(builder().lora(2, 4)))
                .isEqualTo(TeacherPrompt.defaults().toString());
    }

    @Test
    void an_adapter_without_it_loads_with_the_usual_prompt() throws IOException {
        Files.delete(adapter.resolve("teacher.json"));
        assertThat(TeacherPrompt.ofAdapter(adapter)).isEmpty();
        assertThat(shown(builder())).isEqualTo(TeacherPrompt.defaults().toString());
    }

    @Test
    void an_adapter_of_another_base_model_is_refused_though_all_shapes_fit() throws IOException {
        String own = ModelFingerprint.ofWeights(model);
        Path weights = model.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 3] ^= 1;
        Files.write(weights, bytes);
        assertThatThrownBy(builder()::build)
                .isInstanceOf(ModelFileException.class)
                .hasMessage(
                        "the adapter in " + adapter + " was trained beside other weights (" + own + ") than those of "
                                + model + " (" + ModelFingerprint.ofWeights(model)
                                + "); load it with the base model that it was trained on, or, where this is the same model in"
                                + " another form, take base_weights out of " + adapter.resolve("teacher.json"));
        rewrite("\"base_weights\" : \"" + own + "\",", "");
        assertThat(shown(builder())).isEqualTo(OWN.toString());
    }

    @Test
    void the_base_model_may_lie_elsewhere_and_among_other_files() throws IOException {
        Path moved = directory.resolve("moved");
        Files.move(model, moved);
        Files.writeString(moved.resolve("README.md"), "a model");
        model = moved;
        assertThat(shown(builder())).isEqualTo(OWN.toString());
    }

    @Test
    void what_was_written_writes_the_same() {
        List<Situation> situations = List.of(Situation.of(Task.of("t", "w5 w9 w11"), 0));
        Sampling sampling = Sampling.greedy(5);
        try (TransformerTeacher given =
                        TransformerTeacher.builder(model).prompt(OWN).build();
                TransformerTeacher read = builder().build()) {
            assertThat(read.promptTokens(situations.get(0))).isEqualTo(given.promptTokens(situations.get(0)));
            assertThat(read.write(situations, sampling, new Seed(1))
                            .get(0)
                            .instruction()
                            .text())
                    .isEqualTo(given.write(situations, sampling, new Seed(1))
                            .get(0)
                            .instruction()
                            .text());
        }
    }

    private void refuses(String message) {
        assertThatThrownBy(builder()::build)
                .isInstanceOf(ModelFileException.class)
                .hasMessage(adapter.resolve("teacher.json") + message);
    }

    @Test
    void a_later_format_is_refused() throws IOException {
        rewrite("\"format\" : 1", "\"format\" : 2");
        refuses(
                " should be of format 1, but is of format 2; read it with the version of this library that wrote it, or a"
                        + " later one");
    }

    @Test
    void a_file_without_a_format_is_refused() throws IOException {
        rewrite("\"format\" : 1,", "");
        refuses(" should be of format 1, but is of format none; read it with the version of this library that wrote it,"
                + " or a later one");
    }

    @Test
    void damage_is_refused() throws IOException {
        rewrite("\"request\" : \"w7 {question}\"", "\"request\" : 7");
        refuses(": request should be a text, but is 7");
        rewrite("\"request\" : 7,", "");
        refuses(": request should be a text, but is missing");
        rewrite("\"revision\"", "\"request\" : \"w1\", \"revision\"");
        refuses(": the request must contain {question}, got: w1");
        rewrite("\"w1\"", "\"w1");
        assertThatThrownBy(builder()::build)
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(adapter.resolve("teacher.json") + " is not valid JSON: ");
    }
}
