package dev.wst.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Advice;
import dev.wst.OptimizerStep;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TokenSlopes;
import dev.wst.engine.model.TinyModel;
import dev.wst.engine.weights.ModelFileException;
import dev.wst.engine.weights.Safetensors;
import dev.wst.engine.weights.SafetensorsWriter;
import dev.wst.engine.weights.UnsupportedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kind: plain LoRA that peft's configuration describes otherwise than by a list of module names. One adapter of rank 4 and
 * factor 2, trained here, is written in the ways peft has; what is computed must stay the same.
 */
class PeftAdaptersTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MODULE = "model.layers.0.self_attn.q_proj";

    @TempDir
    Path directory;

    private Path model;
    private Path saved;
    private List<Advice> batch = List.of();
    private double[] expected = {};

    private record Tensor(int[] shape, float[] values) {}

    @BeforeEach
    void train() throws IOException {
        model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
        saved = directory.resolve("saved");
        try (TransformerTeacher teacher = builder().lora(4, 8).build()) {
            batch = teacher.write(
                    List.of(Situation.of(Task.of("t", "w5 w9 w11"), 0)),
                    Sampling.defaults().withMaxTokens(6),
                    new Seed(3));
            for (int i = 0; i < 3; i++) {
                teacher.update(
                        batch,
                        (index, scores) -> {
                            double[] slopes = new double[scores.length()];
                            Arrays.fill(slopes, -1);
                            return new TokenSlopes(0, slopes, new double[0], new double[0]);
                        },
                        1,
                        new OptimizerStep(1e-2, 0.9, 0.999, 1e-8, 0, 1));
            }
            expected = read(teacher);
            teacher.save(saved);
        }
    }

    private TransformerTeacherBuilder builder() {
        return TransformerTeacher.builder(model).prompt(TeacherPrompt.bare("{question}"));
    }

    private double[] read(TransformerTeacher teacher) {
        return teacher.read(batch, 1).get(0).scores().logProbabilities();
    }

    private double[] loaded(Path adapter) {
        try (TransformerTeacher teacher = builder().adapter(adapter).build()) {
            return read(teacher);
        }
    }

    /** The trained adapter with something changed in its configuration and tensors. */
    private Path variant(String name, Consumer<ObjectNode> config, Consumer<Map<String, Tensor>> tensors)
            throws IOException {
        Path target = Files.createDirectory(directory.resolve(name));
        ObjectNode json = (ObjectNode)
                MAPPER.readTree(saved.resolve("adapter_config.json").toFile());
        config.accept(json);
        Files.writeString(target.resolve("adapter_config.json"), json.toString());
        Map<String, Tensor> all = new LinkedHashMap<>();
        try (Safetensors file = Safetensors.open(saved.resolve("adapter_model.safetensors"))) {
            for (String tensor : file.names()) {
                all.put(tensor, new Tensor(file.shape(tensor), file.read(tensor)));
            }
        }
        tensors.accept(all);
        SafetensorsWriter writer = new SafetensorsWriter();
        all.forEach((tensor, content) -> writer.add(tensor, content.shape, content.values));
        writer.write(target.resolve("adapter_model.safetensors"));
        return target;
    }

    private static String name(String module, String matrix) {
        return "base_model.model." + module + ".lora_" + matrix + ".weight";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"target_modules\": \"all-linear\"}",
                "{\"target_modules\": \".*\\\\.(q|k|v|o|gate|up|down)_proj\"}",
                "{\"exclude_modules\": [\"lm_head\"]}",
                "{\"layers_to_transform\": [0, 1, 2], \"layers_pattern\": \"layers\"}",
                "{\"layers_to_transform\": [0, 1, 2], \"layers_pattern\": [\"blocks\", \"layers\"]}",
                "{\"use_rslora\": true, \"lora_alpha\": 4}",
                "{\"rank_pattern\": {}, \"alpha_pattern\": {\"q_proj\": 8}}",
                "{\"use_dora\": false, \"modules_to_save\": null, \"lora_bias\": false, \"loftq_config\": {}}"
            })
    void what_the_configuration_says_otherwise_is_the_same_adapter(String changes) throws IOException {
        ObjectNode more = (ObjectNode) MAPPER.readTree(changes);
        Path adapter = variant("other", json -> json.setAll(more), tensors -> {});
        assertThat(loaded(adapter)).containsExactly(expected, within(1e-6));
    }

    @Test
    void modules_may_be_listed_by_their_paths() throws IOException {
        Path adapter = variant(
                "paths",
                json -> {
                    var paths = json.putArray("target_modules");
                    for (int layer = 0; layer < 3; layer++) {
                        for (String module : List.of("self_attn.q", "self_attn.k", "self_attn.v", "self_attn.o")) {
                            paths.add("model.layers." + layer + "." + module + "_proj");
                        }
                        for (String module : List.of("gate", "up", "down")) {
                            paths.add("layers." + layer + ".mlp." + module + "_proj");
                        }
                    }
                },
                tensors -> {});
        assertThat(loaded(adapter)).containsExactly(expected, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"target_modules\": [\"k_proj\", \"model.layers.1.self_attn.q_proj\"]}",
                "{\"target_modules\": \".*k_proj\"}",
                "{\"exclude_modules\": \".*0.self_attn.q_proj\"}",
                "{\"exclude_modules\": [\"q_proj\"]}",
                "{\"layers_to_transform\": 1}",
                "{\"layers_to_transform\": [0], \"layers_pattern\": [\"blocks\"]}",
                "{\"layers_to_transform\": [1], \"layers_pattern\": [\"blocks\", \"layers\"]}",
                "{\"layers_to_transform\": [1], \"layers_pattern\": []}"
            })
    void tensors_of_a_module_that_the_configuration_leaves_out_are_refused(String changes) throws IOException {
        ObjectNode more = (ObjectNode) MAPPER.readTree(changes);
        Path adapter = variant("more", json -> json.setAll(more), tensors -> {});
        assertThatThrownBy(() -> builder().adapter(adapter).build())
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("does not adapt model.layers.0.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"target_modules\": \"all-linear\"}",
                "{\"target_modules\": \".*_proj\"}",
                "{\"layers_to_transform\": [0, 1, 2]}",
                "{\"exclude_modules\": [\"lm_head\"]}"
            })
    void a_module_that_the_configuration_adapts_may_not_be_missing(String changes) throws IOException {
        ObjectNode more = (ObjectNode) MAPPER.readTree(changes);
        Path adapter = variant("less", json -> json.setAll(more), tensors -> {
            tensors.remove(name(MODULE, "A"));
            tensors.remove(name(MODULE, "B"));
        });
        assertThatThrownBy(() -> builder().adapter(adapter).build())
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(MODULE)
                .hasMessageContaining("its configuration adapts that module");
    }

    @Test
    void modules_may_have_ranks_and_factors_of_their_own() throws IOException {
        Path uniform = variant("uniform", json -> {}, tensors -> cut(tensors, 4));
        Path pattern = variant(
                "pattern",
                json -> {
                    json.putObject("rank_pattern").put("layers.0.self_attn.q_proj", 2);
                    json.putObject("alpha_pattern").put("layers\\.0\\.self_attn\\.q_proj", 4);
                },
                tensors -> cut(tensors, 2));
        double[] both = loaded(uniform);
        assertThat(both).isNotEqualTo(expected);
        assertThat(loaded(pattern)).containsExactly(both, within(1e-6));
        Path doubled = variant("doubled", json -> {}, tensors -> {
            float[] b = tensors.getOrDefault(name(MODULE, "B"), new Tensor(new int[0], new float[0])).values;
            for (int i = 0; i < b.length; i++) {
                b[i] *= 2;
            }
        });
        Path twice = variant("twice", json -> json.putObject("alpha_pattern").put(MODULE, 16), tensors -> {});
        assertThat(loaded(twice)).containsExactly(loaded(doubled), within(1e-6));
    }

    /** Leaves the first two of the module's four directions, in matrices of {@code rank}. */
    private static void cut(Map<String, Tensor> tensors, int rank) {
        tensors.computeIfPresent(name(MODULE, "A"), (name, a) -> {
            int columns = a.shape[1];
            return new Tensor(
                    new int[] {rank, columns}, Arrays.copyOf(Arrays.copyOf(a.values, 2 * columns), rank * columns));
        });
        tensors.computeIfPresent(name(MODULE, "B"), (name, b) -> {
            float[] values = new float[b.shape[0] * rank];
            for (int i = 0; i < values.length; i++) {
                values[i] = i % rank < 2 ? b.values[i / rank * b.shape[1] + i % rank] : 0;
            }
            return new Tensor(new int[] {b.shape[0], rank}, values);
        });
    }

    @Test
    void modules_left_out_stay_out_in_training_and_are_saved_so_that_they_do() throws IOException {
        Path first = variant(
                "first",
                json -> json.putArray("layers_to_transform").add(0),
                tensors -> tensors.keySet().removeIf(name -> !name.contains("layers.0.")));
        Path again = directory.resolve("again");
        try (TransformerTeacher teacher = builder().adapter(first).build()) {
            teacher.update(
                    batch,
                    (index, scores) -> {
                        double[] slopes = new double[scores.length()];
                        Arrays.fill(slopes, -1);
                        return new TokenSlopes(0, slopes, new double[0], new double[0]);
                    },
                    1,
                    new OptimizerStep(1e-2, 0.9, 0.999, 1e-8, 0, 1));
            teacher.save(again);
            assertThat(loaded(again)).containsExactly(read(teacher), within(1e-6));
        }
        try (Safetensors file = Safetensors.open(again.resolve("adapter_model.safetensors"))) {
            assertThat(file.read(name("model.layers.1.self_attn.q_proj", "B"))).containsOnly(0f);
            assertThat(file.read(name("model.layers.0.self_attn.q_proj", "B"))).isNotEqualTo(new float[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "use_dora=true",
                "lora_bias=true",
                "fan_in_fan_out=true",
                "bias=\"all\"",
                "modules_to_save=[\"lm_head\"]",
                "trainable_token_indices=[3]",
                "target_parameters=[\"mlp.experts\"]",
                "layer_replication=[[0, 2]]",
                "alora_invocation_tokens=[5]",
                "use_qalora=true",
                "a_field_of_next_year=\"sparse\"",
                "arrow_config={\"top_k\": 3}",
                "use_bdlora={\"blocks\": 2}",
                "init_lora_weights=\"pissa_niter_4\""
            })
    void what_is_more_than_plain_is_refused_by_name(String change) throws IOException {
        String name = change.substring(0, change.indexOf('='));
        Path adapter = variant(
                "refused",
                json -> {
                    try {
                        json.set(name, MAPPER.readTree(change.substring(change.indexOf('=') + 1)));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                tensors -> {});
        assertThatThrownBy(() -> builder().adapter(adapter).build())
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lora_alpha: 0|lora_alpha should be a positive number, but is 0",
                "lora_alpha: -8|lora_alpha should be a positive number, but is -8",
                "lora_alpha: 1e400|lora_alpha should be a positive number, but is ",
                "lora_alpha: 1e-60|lora_alpha should be a positive number, but is 1.0E-60",
                "lora_alpha: NaN|is not valid JSON: Non-standard token 'NaN'",
                "lora_alpha: \"NaN\"|lora_alpha should be a positive number, but is \"NaN\"",
                "alpha_pattern: {\"q_proj\": 0}|alpha_pattern: q_proj should be a positive number, but is 0",
                "alpha_pattern: {\"q_proj\": -8}|alpha_pattern: q_proj should be a positive number, but is -8",
                "alpha_pattern: {\"q_proj\": null}|alpha_pattern: q_proj should be a positive number, but is null",
                "alpha_pattern: {\"q_proj\": NaN}|is not valid JSON: Non-standard token 'NaN'",
                "alpha_pattern: 8|alpha_pattern should be an object of modules and their values, but is 8",
                "alpha_pattern: {\"0.mlp.down_proj\": 1e-38, \"q_proj\": 1e38}|computed as FP32, one of them is lost",
                "rank_pattern: {\"q_proj\": 0}|rank_pattern: q_proj should be a positive whole number, but is 0",
                "rank_pattern: {\"q_proj\": -4}|rank_pattern: q_proj should be a positive whole number, but is -4",
                "rank_pattern: {\"q_proj\": \"four\"}|q_proj should be a positive whole number, but is \"four\"",
                "rank_pattern: [4]|rank_pattern should be an object of modules and their values, but is [4]",
                "r: 0|r should be a positive whole number, but is 0",
            })
    void a_rank_or_an_alpha_that_is_none_is_refused_with_its_value(String field, String message) throws IOException {
        Path adapter = variant("wrong", json -> json.remove(field.substring(0, field.indexOf(':'))), tensors -> {});
        Path config = adapter.resolve("adapter_config.json");
        String rest = Files.readString(config).substring(1);
        Files.writeString(config, "{\"" + field.replaceFirst(":", "\":") + "," + rest);
        assertThatThrownBy(() -> builder().adapter(adapter).build())
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("adapter_config.json")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B"})
    void a_matrix_of_another_shape_is_refused(String matrix) throws IOException {
        for (int[] shape : List.of(new int[0], new int[] {1}, new int[] {1, 1, 1})) {
            Path adapter = variant(
                    "shape" + shape.length,
                    json -> {},
                    tensors -> tensors.put(name(MODULE, matrix), new Tensor(shape, new float[1])));
            assertThatThrownBy(() -> builder().adapter(adapter).build())
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("adapter_model.safetensors: tensor " + name(MODULE, matrix)
                            + " has the shape " + Arrays.toString(shape) + "; a matrix is expected");
        }
    }

    @Test
    void layers_are_numbered_whatever_else_the_pattern_groups() throws IOException {
        Path grouped = variant(
                "grouped",
                json -> {
                    json.putArray("layers_to_transform").add(0).add(1).add(2);
                    json.put("layers_pattern", "(layers|blocks)");
                },
                tensors -> {});
        assertThat(loaded(grouped)).containsExactly(expected, within(1e-6));
        Path many = variant(
                "many",
                json -> json.putArray("layers_to_transform").add(0).add(1).add(2),
                tensors -> tensors.put(
                        name("model.layers.99999999999.mlp.up_proj", "A"), new Tensor(new int[] {1, 1}, new float[1])));
        assertThatThrownBy(() -> builder().adapter(many).build())
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("layers.99999999999.");
    }

    @Test
    void tensors_that_are_no_adapters_of_linear_layers_are_refused_by_name() throws IOException {
        String embedding = "base_model.model.model.embed_tokens.lora_embedding_A";
        Path adapter = variant(
                "embedding",
                json -> {},
                tensors -> tensors.put(embedding, new Tensor(new int[] {4, 97}, new float[4 * 97])));
        assertThatThrownBy(() -> builder().adapter(adapter).build())
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining(embedding);
        Path half = variant("half", json -> {}, tensors -> tensors.remove(name(MODULE, "B")));
        assertThatThrownBy(() -> builder().adapter(half).build())
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(name(MODULE, "B"));
    }
}
