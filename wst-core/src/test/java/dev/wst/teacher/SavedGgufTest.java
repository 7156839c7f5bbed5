package dev.wst.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Advice;
import dev.wst.EnvironmentException;
import dev.wst.InvalidInputException;
import dev.wst.OptimizerStep;
import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TokenSlopes;
import dev.wst.engine.model.TinyGguf;
import dev.wst.engine.tokenizer.Message;
import dev.wst.engine.tokenizer.TextSide;
import dev.wst.engine.tokenizer.TokenizerException;
import dev.wst.engine.weights.Gguf;
import dev.wst.engine.weights.ModelFiles;
import dev.wst.engine.weights.Safetensors;
import dev.wst.engine.weights.SafetensorsWriter;
import dev.wst.engine.weights.UnsupportedModelException;
import dev.wst.teacher.TransformerTeacher.GgufType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A teacher as one GGUF file. That llama.cpp reads such files as this library does is measured in RESULTS.md. */
class SavedGgufTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final OptimizerStep STEP = new OptimizerStep(1e-2, 0.9, 0.999, 1e-8, 0, 1);
    private static final Sampling SHORT = Sampling.greedy(6);
    private static final List<Situation> QUESTIONS = List.of(Situation.of(Task.of("t", "ab cab!"), 0));
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void prepare() {
        file = directory.resolve("saved.gguf");
    }

    /** With an adapter that changes what it writes. */
    private static TransformerTeacher trained(Path model) {
        TransformerTeacher teacher = TransformerTeacher.builder(model)
                .prompt(TeacherPrompt.bare("{question}"))
                .precision(Precision.FP32)
                .lora(4, 8)
                .build();
        List<Advice> batch = teacher.write(QUESTIONS, SHORT, new Seed(3));
        for (int i = 0; i < 3; i++) {
            teacher.update(batch, (index, scores) -> likelihood(scores.length()), 1, STEP);
        }
        return teacher;
    }

    private static TokenSlopes likelihood(int tokens) {
        double[] slopes = new double[tokens];
        Arrays.fill(slopes, 1);
        return new TokenSlopes(0, slopes, new double[0], new double[0]);
    }

    /** A golden model, which has no tokenizer, with that of {@link TinyGguf}. */
    private Path huggingFace(String golden) throws IOException {
        Path model = Files.createDirectory(directory.resolve("model"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(GOLDEN.resolve(golden).resolve(name), model.resolve(name));
        }
        try (Gguf gguf = Gguf.open(TinyGguf.file()
                .with("tokenizer.ggml.add_bos_token", true)
                .write(directory.resolve("tokenizer.gguf")))) {
            TextSide.files(gguf).forEach((name, text) -> write(model.resolve(name), text));
        }
        edit(model, "config.json", json -> json.put("eos_token_id", 96));
        return model;
    }

    private static void write(Path target, String text) {
        try {
            Files.writeString(target, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void edit(Path model, String name, Consumer<ObjectNode> change) {
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(model.resolve(name).toFile());
            change.accept(json);
            write(model.resolve(name), json.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(GgufType.class)
    void a_gguf_base_gives_its_metadata_and_the_merged_weights_within_the_types_rounding(GgufType type)
            throws IOException {
        Path base = TinyGguf.file()
                .with("general.name", "Tiny")
                .with("general.file_type", 3)
                .with("some.numbers", List.of(1, 2))
                .write(directory.resolve("tiny.gguf"));
        Path merged = directory.resolve("merged");
        try (TransformerTeacher teacher = trained(base)) {
            teacher.saveMerged(merged);
            teacher.saveGguf(file, type);
        }
        assertEqualWithinRounding(merged, type);
        try (Gguf saved = Gguf.open(file);
                Gguf original = Gguf.open(base)) {
            assertThat(saved.string("general.name")).hasValue("Tiny");
            assertThat(saved.integer("general.file_type"))
                    .hasValue(type == GgufType.F32 ? 0L : type == GgufType.F16 ? 1L : 7L);
            for (String key : List.of("tokenizer.ggml.tokens", "tokenizer.ggml.token_type", "some.numbers")) {
                assertThat(saved.list(key)).isEqualTo(original.list(key));
            }
            assertThat(saved.number("llama.rope.freq_base")).hasValue(10_000.0);
            assertThat(saved.string("tokenizer.chat_template")).isEqualTo(original.string("tokenizer.chat_template"));
        }
    }

    private void assertEqualWithinRounding(Path merged, GgufType type) {
        try (Gguf saved = Gguf.open(file);
                Safetensors wanted = Safetensors.openDirectory(merged)) {
            assertThat(saved.names()).containsExactlyInAnyOrderElementsOf(wanted.names());
            for (String name : wanted.names()) {
                int[] shape = wanted.shape(name);
                float[] expected = wanted.read(name);
                float[] actual = saved.read(name, shape);
                boolean vector = shape.length == 1;
                boolean blocks = type == GgufType.Q8_0 && shape[shape.length - 1] % 32 == 0;
                float worst = 0;
                for (int i = 0; i < actual.length; i++) {
                    float allowed = type == GgufType.F32 || vector
                            ? 0
                            : blocks
                                    ? largest(expected, i / 32 * 32) * (1 / 254f + 0x1p-11f)
                                    : Math.max(0x1p-25f, Math.abs(expected[i]) * 0x1p-11f);
                    float off = Math.abs(actual[i] - expected[i]);
                    assertThat(off).as("%s[%d]", name, i).isLessThanOrEqualTo(allowed);
                    worst = Math.max(worst, off);
                }
                assertThat(worst > 0).as("rounded: %s", name).isEqualTo(type != GgufType.F32 && !vector);
            }
        }
    }

    private static float largest(float[] values, int from) {
        float largest = 0;
        for (int i = from; i < from + 32; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-llama", "tiny-llama3-untied", "tiny-qwen2"})
    void a_hugging_face_directory_gives_a_file_that_reads_and_writes_as_the_teacher_does(String golden)
            throws IOException {
        Path model = huggingFace(golden);
        try (TransformerTeacher teacher = trained(model)) {
            teacher.saveGguf(file, GgufType.F32);
            try (TransformerTeacher again = TransformerTeacher.builder(file)
                    .prompt(TeacherPrompt.bare("{question}"))
                    .precision(Precision.FP32)
                    .build()) {
                List<Advice> written = teacher.write(QUESTIONS, SHORT, new Seed(1));
                assertThat(again.read(written, 1).get(0).scores().logProbabilities())
                        .containsExactly(
                                teacher.read(written, 1).get(0).scores().logProbabilities(), within(1e-5));
                assertThat(again.write(QUESTIONS, SHORT, new Seed(1))
                                .get(0)
                                .instruction()
                                .text())
                        .isEqualTo(written.get(0).instruction().text());
            }
        }
        try (ModelFiles files = ModelFiles.open(model);
                ModelFiles saved = ModelFiles.open(file);
                TextSide text = TextSide.of(files);
                TextSide savedText = TextSide.of(saved)) {
            assertThat(saved.config().endTokens()).isEqualTo(files.config().endTokens());
            assertThat(saved.config().contextLength()).isEqualTo(files.config().contextLength());
            assertThat(saved.config().decoder().inverseFrequencies())
                    .containsExactly(files.config().decoder().inverseFrequencies(), within(1e-7));
            List<Message> chat = List.of(new Message("user", "ab cab!"));
            assertThat(savedText.prompt(chat, false)).containsExactly(text.prompt(chat, false));
            assertThat(savedText.tokenizer().encodeAlone("ab<|end|>"))
                    .containsExactly(text.tokenizer().encodeAlone("ab<|end|>"))
                    .startsWith(96);
        }
    }

    @Test
    void linear_rotary_scaling_and_several_end_tokens_are_said() throws IOException {
        Path model = huggingFace("tiny-llama");
        edit(model, "config.json", json -> {
            json.putArray("eos_token_id").add(95).add(96).add(3);
            json.remove("rope_parameters");
            json.putObject("rope_scaling").put("rope_type", "linear").put("factor", 4);
        });
        try (TransformerTeacher teacher = trained(model)) {
            teacher.saveGguf(file, GgufType.F16);
        }
        try (Gguf saved = Gguf.open(file);
                ModelFiles files = ModelFiles.open(file)) {
            assertThat(saved.string("llama.rope.scaling.type")).hasValue("linear");
            assertThat(saved.number("llama.rope.scaling.factor")).hasValue(4.0);
            assertThat(saved.integer("tokenizer.ggml.eos_token_id")).hasValue(96L);
            assertThat(files.config().endTokens()).containsExactly(3, 95, 96);
        }
    }

    @Test
    void end_tokens_that_are_known_by_name_end_texts_of_what_is_saved_too() throws IOException {
        Path base = TinyGguf.file()
                .with(TinyGguf.TOKENS, TinyGguf.tokens(Map.of(0, "<|im_end|>", 1, "<|endoftext|>", 2, "<|file_sep|>")))
                .with(TinyGguf.TYPES, TinyGguf.types(Map.of(0, 3, 1, 3, 2, 3)))
                .with("tokenizer.ggml.eos_token_id", 7)
                .write(directory.resolve("tiny.gguf"));
        Path merged = directory.resolve("merged");
        try (TransformerTeacher teacher = trained(base)) {
            teacher.saveGguf(directory.resolve("first.gguf"), GgufType.F32);
            teacher.saveMerged(merged);
        }
        try (TransformerTeacher teacher = trained(merged)) {
            teacher.saveGguf(file, GgufType.F32);
        }
        for (Path saved : List.of(base, directory.resolve("first.gguf"), merged, file)) {
            try (ModelFiles files = ModelFiles.open(saved)) {
                assertThat(files.config().endTokens()).as(saved.toString()).containsExactly(0, 1, 2, 7, 96);
            }
        }
        try (Gguf saved = Gguf.open(file)) {
            assertThat(saved.integer("tokenizer.ggml.eos_token_id")).hasValue(7L);
        }
    }

    @Test
    void an_interrupted_thread_saves_what_came_as_a_gguf_file_or_as_a_directory() throws IOException {
        Path base = TinyGguf.file().write(directory.resolve("tiny.gguf"));
        List<Path> all = List.of(base, huggingFace("tiny-llama"));
        for (Path model : all) {
            Path saved = directory.resolve("interrupted-" + all.indexOf(model) + ".gguf");
            try (TransformerTeacher teacher = trained(model)) {
                Thread.currentThread().interrupt();
                teacher.saveGguf(saved, GgufType.F32);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(saved).isNotEmptyFile();
        }
    }

    @Test
    void rows_of_a_vocabulary_that_the_tokenizer_does_not_fill_are_unused_tokens() throws IOException {
        Path model = huggingFace("tiny-llama");
        edit(model, "tokenizer.json", json -> ((ObjectNode) json.at("/model/vocab")).remove("Z"));
        try (TransformerTeacher teacher = trained(model)) {
            teacher.saveGguf(file, GgufType.F16);
        }
        int id = 'Z' - '!';
        try (Gguf saved = Gguf.open(file)) {
            assertThat(saved.list("tokenizer.ggml.tokens").orElseThrow().get(id))
                    .isEqualTo("[PAD" + id + "]");
            assertThat(saved.list("tokenizer.ggml.token_type").orElseThrow().get(id))
                    .isEqualTo(5L);
            assertThat(saved.list("tokenizer.ggml.token_type").orElseThrow().get(96))
                    .isEqualTo(3L);
        }
    }

    @Test
    void rotary_factors_of_a_gguf_base_come_along() throws IOException {
        Path base = TinyGguf.file()
                .tensor("rope_freqs.weight", new int[] {4}, new float[] {1, 1, 2, 8})
                .write(directory.resolve("tiny.gguf"));
        try (TransformerTeacher teacher = trained(base)) {
            teacher.saveGguf(file, GgufType.Q8_0);
        }
        try (Gguf saved = Gguf.open(file)) {
            assertThat(saved.read("rope_freqs.weight", 4)).containsExactly(1, 1, 2, 8);
        }
    }

    private void refuses(Path model, Class<? extends Exception> kind, String message) {
        try (TransformerTeacher teacher = TransformerTeacher.load(model)) {
            assertThatThrownBy(() -> teacher.saveGguf(file, GgufType.F16))
                    .isInstanceOf(kind)
                    .hasMessage(message);
        }
        assertThat(directory).isDirectoryNotContaining("glob:**saved.gguf*");
    }

    @Test
    void a_file_that_exists_is_left_alone() throws IOException {
        Path base = TinyGguf.file().write(directory.resolve("tiny.gguf"));
        byte[] before = Files.readAllBytes(base);
        try (TransformerTeacher teacher = TransformerTeacher.load(base)) {
            assertThatThrownBy(() -> teacher.saveGguf(base, GgufType.F16))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(base + " exists already; choose another file or move it away");
            Path nowhere = directory.resolve("absent").resolve("saved.gguf");
            assertThatThrownBy(() -> teacher.saveGguf(nowhere, GgufType.F16))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessage(nowhere + " cannot be written: java.nio.file.NoSuchFileException: "
                            + nowhere.resolveSibling(".saved.gguf"));
        }
        assertThat(base).hasBinaryContent(before);
    }

    @Test
    void numbers_that_the_type_cannot_hold_are_refused_by_tensor() throws IOException {
        Path model = huggingFace("tiny-llama");
        change(model, "model.layers.1.mlp.up_proj.weight", 70_000);
        refuses(
                model,
                UnsupportedModelException.class,
                "tensor blk.1.ffn_up.weight holds 70000.0, and F16 nothing larger than 65504.0; write F32 instead");
    }

    private static void change(Path model, String tensor, float value) throws IOException {
        Path weights = model.resolve("model.safetensors");
        SafetensorsWriter writer = new SafetensorsWriter();
        try (Safetensors tensors = Safetensors.open(weights)) {
            for (String name : tensors.names()) {
                float[] values = tensors.read(name);
                if (name.equals(tensor)) {
                    values[5] = value;
                }
                writer.add(name, tensors.shape(name), values);
            }
        }
        Files.delete(weights);
        writer.write(weights);
    }

    @Test
    void a_tokenizer_that_a_gguf_file_cannot_say_is_refused_by_what_it_has() throws IOException {
        Path model = huggingFace("tiny-llama");
        Path tokenizer = model.resolve("tokenizer.json");
        String sound = Files.readString(tokenizer);
        refusesTokenizer(
                model,
                json -> json.putObject("decoder").put("type", "Fuse"),
                "its model is BPE with the decoder Fuse; byte-level BPE is written here");
        write(tokenizer, sound);
        refusesTokenizer(
                model,
                json -> ((ObjectNode) json.path("pre_tokenizer")).put("add_prefix_space", true),
                "its normalizer and pre_tokenizer are none of [smollm, gpt-2, llama-bpe, qwen2, default]");
        write(tokenizer, sound);
        refusesTokenizer(
                model,
                json -> ((ObjectNode) json.path("added_tokens").path(0)).put("lstrip", true),
                "its added token <|end|> has lstrip");
        write(tokenizer, sound);
        refusesTokenizer(
                model,
                json -> ((ArrayNode) json.at("/post_processor/single"))
                        .addObject()
                        .putObject("SpecialToken")
                        .put("id", "<|end|>")
                        .put("type_id", 0),
                "its post_processor puts [<|end|>, a text, then <|end|>] around a text; GGUF knows of a bos_token"
                        + " before it");
        write(tokenizer, sound);
        edit(
                model,
                "config.json",
                json -> json.putArray("eos_token_id")
                        .add(1)
                        .add(2)
                        .add(3)
                        .add(4)
                        .add(96));
        refusesTokenizer(
                model,
                json -> {},
                "its model has 5 end tokens, [1, 2, 3, 4, 96]; 3 are written here, and those that llama.cpp knows by"
                        + " name");
        edit(model, "config.json", json -> json.putArray("eos_token_id"));
        refusesTokenizer(model, json -> {}, "its model has no end token; from 1 to 3 are written here");
    }

    private void refusesTokenizer(Path model, Consumer<ObjectNode> change, String why) {
        edit(model, "tokenizer.json", change);
        refuses(
                model,
                TokenizerException.class,
                model.resolve("tokenizer.json") + " cannot be written to a GGUF file: " + why
                        + ". Save merged safetensors instead");
    }

    @Test
    void rotary_scaling_that_files_of_a_family_cannot_hold_is_refused_by_name() throws IOException {
        Path model = huggingFace("tiny-qwen2");
        edit(model, "config.json", json -> {
            json.remove("rope_parameters");
            json.putObject("rope_scaling")
                    .put("rope_type", "llama3")
                    .put("factor", 8)
                    .put("low_freq_factor", 1)
                    .put("high_freq_factor", 4)
                    .put("original_max_position_embeddings", 64);
        });
        refuses(
                model,
                UnsupportedModelException.class,
                model.resolve("config.json") + " asks for rotary scaling \"llama3\", which GGUF files of the"
                        + " architecture qwen2 cannot hold; save merged safetensors instead");
    }
}
