package dev.wst.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.InvalidInputException;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TeacherPolicy.Reading;
import dev.wst.TokenSlopes;
import dev.wst.TrainingDivergedException;
import dev.wst.UpdateStats;
import dev.wst.engine.Bf16;
import dev.wst.engine.KernelNames;
import dev.wst.engine.model.ActivationMemoryException;
import dev.wst.engine.model.PromptTooLongException;
import dev.wst.engine.model.TinyGguf;
import dev.wst.engine.model.TinyModel;
import dev.wst.engine.nn.ActivationSizes;
import dev.wst.engine.nn.BatchShape;
import dev.wst.engine.nn.Kept;
import dev.wst.engine.weights.ModelConfig;
import dev.wst.engine.weights.ModelFileException;
import dev.wst.engine.weights.UnsupportedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A teacher on a tiny model whose words are w0 to w96. */
class TransformerTeacherTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/tiny-llama");
    private static final OptimizerStep STEP = new OptimizerStep(1e-2, 0.9, 0.999, 1e-8, 0, 1);
    private static final int RANK = 4;
    private static final Sampling SHORT = Sampling.defaults().withMaxTokens(6);

    @TempDir
    Path directory;

    private Path model;

    @BeforeEach
    void prepare() throws IOException {
        model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
    }

    private TransformerTeacherBuilder builder() {
        return TransformerTeacher.builder(model).prompt(TeacherPrompt.bare("{question}"));
    }

    private static double[] updated(TransformerTeacher teacher, List<Advice> batch, int times) {
        for (int i = 0; i < times; i++) {
            teacher.update(
                    batch,
                    (index, scores) -> {
                        double[] slopes = new double[scores.length()];
                        Arrays.fill(slopes, index - 0.5);
                        return new TokenSlopes(0, slopes, new double[0], new double[0]);
                    },
                    1,
                    STEP);
        }
        return teacher.read(batch, 1).stream()
                .flatMapToDouble(r -> Arrays.stream(r.scores().logProbabilities()))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_restored_teacher_makes_the_update_that_would_have_followed(boolean whole) {
        Path state = directory.resolve("state");
        List<Situation> attempts = List.of(Situation.of(Task.of("a", "w5 w9"), 0), Situation.of(Task.of("b", "w3"), 0));
        double[] followed;
        List<Advice> batch;
        try (TransformerTeacher teacher = trained(whole, 3)) {
            batch = teacher.write(attempts, SHORT, new Seed(3));
            updated(teacher, batch, 2);
            teacher.saveState(state);
            assertThat(teacher.updates()).isEqualTo(2);
            followed = updated(teacher, batch, 1);
        }
        try (TransformerTeacher teacher = trained(whole, 4)) {
            updated(teacher, batch, 5);
            teacher.restoreState(state);
            assertThat(teacher.updates()).isEqualTo(2);
            assertThat(updated(teacher, batch, 1)).containsExactly(followed);
        }
        try (TransformerTeacher other = builder().lora(2, 4, "q_proj").build()) {
            double[] before = updated(other, batch, 1);
            assertThatThrownBy(() -> other.restoreState(state))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("another choice of what is trained");
            assertThat(updated(other, batch, 0)).containsExactly(before);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_bound_on_activations_changes_no_number_of_a_batch_whose_inputs_fit_it(boolean whole) {
        String longQuestion =
                IntStream.range(0, 60).mapToObj(i -> "w" + (i * 7 + 3) % 97).collect(Collectors.joining(" "));
        Task task = Task.of("a", longQuestion);
        List<Situation> attempts =
                IntStream.range(0, 6).mapToObj(i -> Situation.of(task, i)).toList();
        double[] kept;
        List<Advice> batch;
        try (TransformerTeacher teacher = trained(whole, 3)) {
            batch = teacher.write(attempts, SHORT, new Seed(3));
            kept = updated(teacher, batch, 3);
        }
        BatchShape.Group group = BatchShape.Group.of(60);
        for (Advice advice : batch) {
            group = group.with(advice.instruction().tokenCount() - 1);
        }
        ActivationSizes sizes =
                new ActivationSizes(ModelConfig.ofDirectory(model).decoder(), whole ? 0 : 3 * RANK, false);
        long most = sizes.bytes(BatchShape.EMPTY.plus(group), Kept.INPUTS);
        assertThat(most).isLessThan(sizes.bytes(BatchShape.EMPTY.plus(group), Kept.EVERYTHING));
        try (TransformerTeacher teacher = bounded(whole, 3, most)) {
            assertThat(updated(teacher, batch, 3)).containsExactly(kept);
            assertThat(teacher.memory().getOrDefault("activations", 0L)
                            + teacher.memory().getOrDefault("scratch", 0L))
                    .isLessThanOrEqualTo(most)
                    .isGreaterThan(most / 2);
        }
    }

    @Test
    void a_bound_that_no_instruction_fits_is_told_when_the_task_is_checked() {
        try (TransformerTeacher teacher = bounded(false, 3, 1000)) {
            assertThatThrownBy(() -> teacher.check(Task.of("a", "w5 w9"), SHORT))
                    .isInstanceOf(ActivationMemoryException.class)
                    .hasMessageContainingAll("task a: a prompt of 2 tokens and 6 written", "may take 1,000");
        }
        assertThatThrownBy(() -> builder().activationMemory(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("activations need some memory, got 0 bytes");
    }

    @Test
    void memory_is_told_by_part() {
        try (TransformerTeacher teacher = trained(false, 3)) {
            assertThat(teacher.memory())
                    .containsOnlyKeys(
                            "weights",
                            "weights_forward",
                            "weights_backward",
                            "trained",
                            "tables",
                            "activations",
                            "scratch",
                            "logits",
                            "cache")
                    .containsEntry("weights_backward", 0L)
                    .containsEntry("cache", 0L);
            List<Advice> batch = teacher.write(attempts(), SHORT, new Seed(3));
            assertThat(teacher.memory().getOrDefault("cache", 0L)).isPositive();
            updated(teacher, batch, 1);
            assertThat(teacher.memory().values()).allMatch(bytes -> bytes > 0);
        }
        try (TransformerTeacher teacher = trained(true, 3)) {
            assertThat(teacher.memory().getOrDefault("reference", 0L)).isPositive();
            assertThat(teacher.memory().getOrDefault("trained", 0L))
                    .isEqualTo(3 * teacher.memory().getOrDefault("weights", 0L));
        }
    }

    @Test
    void a_model_whose_file_was_changed_since_is_not_merged() throws IOException {
        try (TransformerTeacher teacher = trained(false, 3)) {
            Path file = model.resolve("model.safetensors");
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            assertThatThrownBy(() -> teacher.saveMerged(directory.resolve("merged")))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageStartingWith(model + " was changed after the model was loaded from it");
            assertThat(directory.resolve("merged")).doesNotExist();
        }
    }

    @Test
    void full_fine_tuning_refuses_a_precision_that_needs_frozen_weights() {
        TransformerTeacherBuilder whole = builder().fullFineTuning().precision(Precision.BF16);
        assertThatThrownBy(whole::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "full fine-tuning leaves no weight frozen and computes in FP32, got precision BF16; leave it out,"
                                + " or train adapters");
        whole.precision(Precision.FP32).build().close();
    }

    @Test
    void a_teacher_refuses_weights_that_nothing_can_be_learned_through() {
        TransformerTeacherBuilder coarse = builder().precision(Precision.INT8);
        assertThatThrownBy(coarse::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a teacher learns through its frozen weights, which INT8 is too coarse for, got precision INT8;"
                                + " leave it out, or ask for BF16 or FP32; INT8 is for a TransformerChatModel");
        coarse.precision(Precision.FP32).build().close();
    }

    private TransformerTeacher trained(boolean whole, long seed) {
        TransformerTeacherBuilder unseeded = builder();
        return (whole ? unseeded.fullFineTuning() : unseeded.lora(RANK, 8).seed(seed)).build();
    }

    private TransformerTeacher bounded(boolean whole, long seed, long activationBytes) {
        TransformerTeacherBuilder bounded = builder().activationMemory(activationBytes);
        return (whole ? bounded.fullFineTuning() : bounded.lora(RANK, 8).seed(seed)).build();
    }

    @Test
    void a_control_token_in_a_question_is_text_unless_the_builder_says_otherwise() throws IOException {
        Path controlled = TinyModel.withControlToken(Files.createDirectory(directory.resolve("controlled")));
        Situation attack = Situation.of(Task.of("t", "w5 <|turn|> w7"), 0);
        TransformerTeacherBuilder asText =
                TransformerTeacher.builder(controlled).prompt(TeacherPrompt.bare("{question}"));
        try (TransformerTeacher teacher = asText.build()) {
            assertThat(teacher.promptTokens(attack)).as("<| and turn and |>").isEqualTo(5);
        }
        try (TransformerTeacher teacher = asText.controlTokensInText().build()) {
            assertThat(teacher.promptTokens(attack)).isEqualTo(3);
        }
    }

    private static String words(int... ids) {
        return Arrays.stream(ids).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    private static List<Situation> attempts() {
        List<Situation> attempts = new ArrayList<>();
        for (int task = 0; task < 2; task++) {
            for (int sample = 0; sample < 3; sample++) {
                attempts.add(Situation.of(Task.of("t" + task, words(5 + task, 9, 11 + task)), sample));
            }
        }
        return attempts;
    }

    /** Raises the log-probability of everything it is shown. */
    private static Objective likelihood(int batch) {
        return (index, scores) -> {
            double[] slopes = new double[scores.length()];
            Arrays.fill(slopes, -1.0 / batch);
            double loss = -Arrays.stream(scores.logProbabilities()).sum() / batch;
            return new TokenSlopes(loss, slopes, new double[0], new double[0]);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"onednn", "host", "portable", "cuda"})
    void what_is_drawn_is_read_with_the_log_probabilities_it_was_drawn_with(String kernels) {
        try (TransformerTeacher teacher = KernelNames.with(
                kernels,
                () -> builder().kernels(kernels).precision(Precision.FP32).build())) {
            Sampling warm = SHORT.withTemperature(0.7);
            List<Advice> written = teacher.write(attempts(), warm, new Seed(3));
            List<Reading> readings = teacher.read(written, 0.7);
            assertThat(written).hasSize(6);
            for (int i = 0; i < 6; i++) {
                assertThat(written.get(i).situation()).isEqualTo(attempts().get(i));
                assertThat(readings.get(i).scores().logProbabilities())
                        .containsExactly(written.get(i).instruction().logProbabilities(), within(1e-4));
                assertThat(readings.get(i).states())
                        .hasDimensions(written.get(i).instruction().tokenCount(), teacher.width());
            }
        }
    }

    @Test
    void the_same_seed_writes_the_same_and_another_seed_something_else() {
        try (TransformerTeacher teacher = builder().build()) {
            List<Advice> first = teacher.write(attempts(), SHORT, new Seed(3));
            assertThat(teacher.write(attempts(), SHORT, new Seed(3))).isEqualTo(first);
            assertThat(teacher.write(attempts(), SHORT, new Seed(4))).isNotEqualTo(first);
            assertThat(first.stream()
                            .map(a -> a.instruction().text())
                            .distinct()
                            .count())
                    .as("samples of one task differ")
                    .isGreaterThan(3);
        }
    }

    @Test
    void stop_strings_and_filters_hold() {
        try (TransformerTeacher teacher = builder().build()) {
            List<Advice> narrow = teacher.write(attempts(), SHORT.withTopK(1), new Seed(1));
            List<Advice> greedy = teacher.write(attempts(), SHORT.withTemperature(0), new Seed(2));
            assertThat(narrow.stream().map(a -> a.instruction().text()).toList())
                    .isEqualTo(greedy.stream().map(a -> a.instruction().text()).toList());
            String full = greedy.get(0).instruction().text();
            String second = full.split(" ", -1)[1];
            Instruction cut = teacher.write(
                            attempts().subList(0, 1),
                            SHORT.withTemperature(0).withStopStrings(List.of(second)),
                            new Seed(2))
                    .get(0)
                    .instruction();
            assertThat(cut.text())
                    .isEqualTo(full.substring(0, full.indexOf(second)).strip());
            assertThat(cut.ending()).isEqualTo(Instruction.Ending.STOP);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void training_raises_what_it_should_and_leaves_the_reference_alone(Precision precision) {
        try (TransformerTeacher teacher = Bf16.orSkipped(
                () -> builder().kernels("onednn").precision(precision).build())) {
            List<Advice> batch = teacher.write(attempts(), SHORT, new Seed(3));
            double[] reference = teacher.scoreReference(batch, 1).get(0).logProbabilities();
            UpdateStats first = teacher.update(batch, likelihood(6), 1, STEP);
            for (int i = 0; i < 20; i++) {
                teacher.update(batch, likelihood(6), 1, STEP);
            }
            UpdateStats last = teacher.update(batch, likelihood(6), 1, STEP);
            assertThat(last.loss()).isLessThan(first.loss() - 3);
            assertThat(teacher.scoreReference(batch, 1).get(0).logProbabilities())
                    .containsExactly(reference, within(1e-6));
            assertThat(first.scores()).hasSize(6);
        }
    }

    @Test
    void three_updates_of_all_weights_give_the_losses_and_norms_of_py_torch() throws IOException {
        JsonNode golden =
                new ObjectMapper().readTree(GOLDEN.resolve("golden.json").toFile());
        List<Advice> batch = new ArrayList<>();
        int[] first = new int[3];
        for (int row = 0; row < 3; row++) {
            int[] mask = ints(golden.get("mask").get(row));
            int[] ids = ints(golden.get("ids").get(row));
            first[row] = IntStream.range(0, mask.length)
                    .filter(i -> mask[i] == 1)
                    .findFirst()
                    .orElseThrow();
            int count = Arrays.stream(mask).sum();
            int[] written = Arrays.copyOfRange(ids, first[row] + 1, first[row] + 1 + count);
            batch.add(new Advice(
                    Situation.of(Task.of("t" + row, words(Arrays.copyOf(ids, first[row] + 1))), 0),
                    Instruction.sampled(words(written), written, new double[count], Instruction.Ending.LENGTH)));
        }
        Objective weighted = (row, scores) -> {
            double[] a = new double[scores.length()];
            double[] b = new double[scores.length()];
            double loss = 0;
            for (int t = 0; t < a.length; t++) {
                a[t] = golden.get("logprob_slope").get(row).get(first[row] + t).asDouble();
                b[t] = golden.get("entropy_slope").get(row).get(first[row] + t).asDouble();
                loss += a[t] * scores.logProbabilities()[t] + b[t] * scores.entropies()[t];
            }
            return new TokenSlopes(loss, a, b, new double[0]);
        };
        try (TransformerTeacher teacher = builder().fullFineTuning().build()) {
            OptimizerStep step = new OptimizerStep(1e-3, 0.9, 0.999, 1e-8, 0.01, 1);
            for (JsonNode expected : golden.get("adamw_full").get("steps")) {
                UpdateStats stats = teacher.update(batch, weighted, 1, step);
                assertThat(stats.loss()).isCloseTo(expected.get("loss").asDouble(), within(5e-3));
                assertThat(stats.gradientNorm() / expected.get("grad_norm").asDouble())
                        .isCloseTo(1, within(1e-3));
            }
            assertThat(teacher.update(batch, weighted, 1, step).loss())
                    .isCloseTo(golden.get("adamw_full").get("final_loss").asDouble(), within(5e-3));
        }
    }

    private static int[] ints(JsonNode list) {
        return IntStream.range(0, list.size()).map(i -> list.get(i).asInt()).toArray();
    }

    @Test
    void a_loss_or_gradient_that_is_not_finite_changes_no_weight() {
        try (TransformerTeacher teacher = builder().build()) {
            List<Advice> batch = teacher.write(attempts(), SHORT, new Seed(3));
            teacher.update(batch, likelihood(6), 1, STEP);
            double[] before = teacher.read(batch, 1).get(0).scores().logProbabilities();
            assertThatThrownBy(() -> teacher.update(
                            batch,
                            (i, s) -> new TokenSlopes(
                                    i == 4 ? Double.NaN : 0, new double[s.length()], new double[0], new double[0]),
                            1,
                            STEP))
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("task t1, sample 1")
                    .hasMessageContaining("its log-probabilities are finite")
                    .hasMessageContaining("the teacher's weights are as before");
            assertThatThrownBy(() -> teacher.update(
                            batch,
                            (i, s) -> {
                                double[] huge = new double[s.length()];
                                Arrays.fill(huge, 1e300);
                                return new TokenSlopes(0, huge, new double[0], new double[0]);
                            },
                            1,
                            STEP))
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("lora_")
                    .hasMessageContaining("over the batch of tasks t0, t1;");
            assertThat(teacher.read(batch, 1).get(0).scores().logProbabilities())
                    .containsExactly(before);
        }
    }

    @Test
    void a_tensor_that_holds_no_number_is_named() {
        try (TransformerTeacher teacher = builder().lora(2, 2, "q_proj").build()) {
            List<Advice> batch = teacher.write(attempts(), SHORT, new Seed(3));
            OptimizerStep beyond = new OptimizerStep(1e39, 0.9, 0.999, 1e-8, 0, 1);
            teacher.update(batch, likelihood(6), 1, beyond);
            assertThatThrownBy(() -> teacher.update(batch, likelihood(6), 1, STEP))
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("the loss of task t0, sample 0, is not finite (NaN): ")
                    .hasMessageContaining("self_attn.q_proj.lora_")
                    .hasMessageContaining("holds a number that is not finite");
        }
    }

    @Test
    void it_describes_its_model_what_is_trained_and_its_kernels() {
        try (TransformerTeacher teacher =
                builder().lora(2, 4, "q_proj").kernels("host").build()) {
            assertThat(teacher.description()).containsEntry("model", model.toString());
            assertThat(teacher.description().get("trained")).contains("rank=2", "q_proj");
            assertThat(teacher.description().get("prompt")).contains("{question}");
            assertThat(teacher.description().get("kernels")).isEqualTo("host (Java loops and ND4J's matrix product)");
        }
    }

    @Test
    void tokens_of_a_prompt_are_counted() {
        try (TransformerTeacher teacher = builder().build()) {
            int three = teacher.promptTokens(Situation.of(Task.of("a", words(5, 9, 11)), 0));
            int five = teacher.promptTokens(Situation.of(Task.of("b", words(5, 9, 11, 12, 13)), 0));
            assertThat(five - three).isEqualTo(2);
            assertThat(three).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void an_adapter_is_saved_and_gone_on_from() throws IOException {
        Path saved = directory.resolve("adapter");
        try (TransformerTeacher teacher = builder().lora(4, 8).build()) {
            List<Advice> batch = teacher.write(attempts(), SHORT, new Seed(3));
            teacher.update(batch, likelihood(6), 1, STEP);
            teacher.save(saved);
            assertThatThrownBy(() -> teacher.save(saved))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("exists already");
            try (TransformerTeacher again = builder().adapter(saved).build()) {
                assertThat(again.read(batch, 1).get(2).scores().logProbabilities())
                        .containsExactly(teacher.read(batch, 1).get(2).scores().logProbabilities());
            }
        }
        JsonNode config =
                new ObjectMapper().readTree(saved.resolve("adapter_config.json").toFile());
        assertThat(config.get("r").asInt()).isEqualTo(4);
        assertThat(config.get("peft_type").asText()).isEqualTo("LORA");
        assertThat(directory).isDirectoryNotContaining("glob:**.adapter-*");
    }

    @Test
    void a_whole_model_is_saved_as_a_directory_that_loads() {
        Path saved = directory.resolve("merged");
        try (TransformerTeacher teacher = builder().fullFineTuning().build()) {
            List<Advice> batch = teacher.write(attempts(), SHORT, new Seed(3));
            teacher.update(batch, likelihood(6), 1, STEP);
            teacher.save(saved);
            try (TransformerTeacher again = TransformerTeacher.builder(saved)
                    .prompt(TeacherPrompt.bare("{question}"))
                    .build()) {
                assertThat(again.read(batch, 1).get(2).scores().logProbabilities())
                        .containsExactly(teacher.read(batch, 1).get(2).scores().logProbabilities(), within(1e-6));
            }
        }
    }

    private Path savedAdapter() {
        Path saved = directory.resolve("adapter");
        try (TransformerTeacher teacher = builder().lora(4, 8).build()) {
            teacher.save(saved);
        }
        return saved;
    }

    private void refusesAdapter(Path adapter, String... parts) {
        assertThatThrownBy(() -> builder().adapter(adapter).build())
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining(adapter.getFileName().toString())
                .hasMessageContainingAll(parts);
    }

    @Test
    void an_adapter_of_a_model_with_more_layers_is_refused() throws IOException {
        Path saved = savedAdapter();
        Path config = model.resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 2"));
        refusesAdapter(
                saved,
                "holds 14 tensors for which this model has no place",
                "base_model.model.model.layers.2.",
                "and others",
                "another model");
    }

    @Test
    void an_adapter_of_a_model_with_fewer_layers_is_refused() throws IOException {
        Path config = model.resolve("config.json");
        String sound = Files.readString(config);
        Files.writeString(config, sound.replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 2"));
        Path saved = savedAdapter();
        Files.writeString(config, sound);
        refusesAdapter(saved, "has no tensor base_model.model.model.layers.2.self_attn.q_proj.lora_A.weight");
    }

    @Test
    void a_damaged_adapter_is_refused() throws IOException {
        Path saved = savedAdapter();
        Path weights = saved.resolve("adapter_model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(bytes, bytes.length - 9));
        refusesAdapter(saved, "is cut or damaged");
        Files.delete(weights);
        refusesAdapter(saved, "there is no file", "adapter_model.safetensors");
        Files.write(weights, bytes);
        Path config = saved.resolve("adapter_config.json");
        String sound = Files.readString(config);
        Files.writeString(config, sound.replaceFirst("\"r\" : 4", "\"r\" : 8"));
        refusesAdapter(saved, "lora_A.weight has rank 4", "asks for 8");
        Files.writeString(config, sound.replaceFirst("\"r\" : 4", "\"r\" : 0"));
        refusesAdapter(saved, "r should be a positive whole number");
        Files.delete(config);
        refusesAdapter(saved, "adapter_config.json cannot be read");
    }

    @Test
    void an_adapter_is_merged_into_a_directory_that_loads_without_it() {
        Path merged = directory.resolve("merged");
        try (TransformerTeacher teacher = builder().lora(4, 8).build()) {
            List<Advice> batch = teacher.write(attempts(), SHORT, new Seed(3));
            double[] base = teacher.read(batch, 1).get(2).scores().logProbabilities();
            teacher.update(batch, likelihood(6), 1, STEP);
            double[] learned = teacher.read(batch, 1).get(2).scores().logProbabilities();
            assertThat(learned[0]).isNotCloseTo(base[0], within(1e-2));
            teacher.saveMerged(merged);
            assertThatThrownBy(() -> teacher.saveMerged(merged))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("exists already");
            try (TransformerTeacher again = TransformerTeacher.builder(merged)
                    .prompt(TeacherPrompt.bare("{question}"))
                    .build()) {
                assertThat(again.read(batch, 1).get(2).scores().logProbabilities())
                        .containsExactly(learned, within(1e-5));
            }
        }
    }

    @Test
    void a_gguf_file_is_merged_into_a_directory_of_hugging_face() throws IOException {
        Path file = TinyGguf.file().write(directory.resolve("tiny.gguf"));
        Path merged = directory.resolve("merged");
        TeacherPrompt bare = TeacherPrompt.bare("{question}");
        List<Situation> attempts = List.of(Situation.of(Task.of("t", "ab cab!"), 0));
        try (TransformerTeacher teacher =
                TransformerTeacher.builder(file).prompt(bare).lora(4, 8).build()) {
            List<Advice> batch = teacher.write(attempts, SHORT, new Seed(3));
            teacher.update(batch, likelihood(1), 1, STEP);
            teacher.saveMerged(merged);
            try (TransformerTeacher again =
                    TransformerTeacher.builder(merged).prompt(bare).build()) {
                assertThat(again.read(batch, 1).get(0).scores().logProbabilities())
                        .containsExactly(teacher.read(batch, 1).get(0).scores().logProbabilities(), within(1e-5));
                assertThat(again.write(attempts, SHORT.withTemperature(0), new Seed(1)))
                        .extracting(advice -> advice.instruction().text())
                        .isEqualTo(teacher.write(attempts, SHORT.withTemperature(0), new Seed(1)).stream()
                                .map(advice -> advice.instruction().text())
                                .toList());
            }
        }
        assertThat(merged)
                .isDirectoryContaining("glob:**generation_config.json")
                .isDirectoryContaining("glob:**tokenizer_config.json");
    }

    @Test
    void a_gguf_file_that_a_config_json_cannot_describe_is_not_merged() throws IOException {
        Path file = TinyGguf.file()
                .tensor("rope_freqs.weight", new int[] {4}, new float[] {1, 1, 2, 8})
                .write(directory.resolve("tiny.gguf"));
        try (TransformerTeacher teacher = TransformerTeacher.load(file)) {
            assertThatThrownBy(() -> teacher.saveMerged(directory.resolve("merged")))
                    .isInstanceOf(UnsupportedModelException.class)
                    .hasMessageContaining("tiny.gguf")
                    .hasMessageContaining("Hugging Face directory");
        }
        assertThat(directory).isDirectoryNotContaining("glob:**merged*");
    }

    @Test
    void wrong_files_are_told_apart() throws IOException {
        assertThatThrownBy(() -> TransformerTeacher.load(directory.resolve("absent.gguf")))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("there is no model at");
        Path other = directory.resolve("adapter");
        Files.createDirectory(other);
        Files.writeString(other.resolve("adapter_config.json"), "{\"peft_type\": \"IA3\"}");
        assertThatThrownBy(() -> builder().adapter(other).build())
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("IA3");
        Path config = model.resolve("config.json");
        String sound = Files.readString(config);
        Files.writeString(config, sound.replace("\"model_type\": \"llama\"", "\"model_type\": \"mamba\""));
        assertThatThrownBy(() -> builder().build())
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("mamba")
                .hasMessageContaining("qwen2");
        Files.writeString(config, sound.replace("\"intermediate_size\": 56", "\"intermediate_size\": 60"));
        assertThatThrownBy(() -> builder().build())
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("mlp.gate_proj.weight has shape [56, 32]")
                .hasMessageContaining("[60, 32]");
    }

    @Test
    void prompts_that_do_not_fit_and_instructions_without_tokens_are_refused() {
        try (TransformerTeacher teacher = builder().build()) {
            int[] many = new int[125];
            Arrays.fill(many, 7);
            assertThatThrownBy(() -> teacher.check(Task.of("long", words(many)), SHORT))
                    .isInstanceOf(PromptTooLongException.class)
                    .hasMessageContaining("task long has 125 tokens")
                    .hasMessageContaining("128");
            assertThatThrownBy(() -> teacher.read(List.of(new Advice(attempts().get(0), Instruction.fixed("w1"))), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("task t0 has no tokens");
        }
    }

    @Test
    void a_builder_refuses_at_the_call() {
        assertThatThrownBy(() -> builder().lora(0, 8)).hasMessageContaining("rank");
        assertThatThrownBy(() -> builder().lora(4, 8, "w_proj")).hasMessageContaining("w_proj");
        assertThatThrownBy(() -> builder().kernels("quantum").build()).hasMessageContaining("\"quantum\"");
        assertThatThrownBy(() -> TeacherPrompt.bare("no place for it")).hasMessageContaining("{question}");
    }
}
