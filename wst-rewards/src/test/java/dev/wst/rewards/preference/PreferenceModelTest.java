package dev.wst.rewards.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.ClosedException;
import dev.wst.Instruction;
import dev.wst.Task;
import dev.wst.TrainingDivergedException;
import dev.wst.rewards.data.PreferencePair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceModelTest {
    private static final PreferenceTraining TRAINING =
            PreferenceTraining.defaults().withL2(0.01).withFeatures(Features.REPLY);

    @TempDir
    private Path folder;

    /** People prefer replies with "please" to those with "never"; the other words are noise. */
    private static List<PreferencePair> pairs(int count, long seed) {
        Random random = new Random(seed);
        List<PreferencePair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String noise = " w" + random.nextInt(20) + " w" + random.nextInt(20);
            pairs.add(new PreferencePair("p", "question " + random.nextInt(9), "please" + noise, "never" + noise));
        }
        return pairs;
    }

    private static PreferenceModel train(PreferenceTraining training) {
        return PreferenceModel.train(pairs(300, 1), new WordsModel(16), training);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8})
    void what_people_prefer_is_learned(int hidden) {
        try (PreferenceModel model = train(TRAINING.withHidden(hidden))) {
            assertThat(model.report(pairs(100, 2)).accuracy()).isGreaterThan(0.95);
            assertThat(model.score("question 1", "please w1")).isGreaterThan(model.score("question 1", "never w1"));
            assertThat(model.probability("question 1", "please w1", "never w1")).isGreaterThan(0.9);
            double there = model.probability("question 1", "w1", "w2");
            assertThat(model.probability("question 1", "w2", "w1")).isCloseTo(1 - there, within(1e-6));
        }
    }

    @Test
    void a_context_counts_where_its_product_is_read() {
        // Which reply is right depends on the question alone; no score of the reply alone can tell.
        List<PreferencePair> pairs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean day = i % 2 == 0;
            pairs.add(new PreferencePair("p", day ? "day" : "night", day ? "sun" : "moon", day ? "moon" : "sun"));
        }
        PreferenceTraining training = PreferenceTraining.defaults().withL2(0.01);
        try (PreferenceModel product = PreferenceModel.train(
                        pairs, new WordsModel(16), training.withFeatures(Features.REPLY_AND_PRODUCT));
                PreferenceModel reply =
                        PreferenceModel.train(pairs, new WordsModel(16), training.withFeatures(Features.REPLY))) {
            assertThat(product.report(pairs).accuracy()).isEqualTo(1);
            assertThat(reply.report(pairs).accuracy()).isEqualTo(0.5);
        }
    }

    @Test
    void one_step_follows_the_slope_of_the_loss() {
        try (ScoreNetwork network = new ScoreNetwork(2, TRAINING.withL2(0))) {
            float[][] chosen = {{1, 0}, {0, 1}};
            float[][] rejected = {{0, 0}, {0, 3}};
            // All scores start at 0, so the loss is ln 2 and the slope of each margin -1/2 over two pairs:
            // the gradient is -(1/4)[(1, 0) + (0, -2)] = (-1/4, 1/2). Adam's first step is the rate against its sign.
            assertThat(network.step(chosen, rejected)).isCloseTo(Math.log(2), within(1e-6));
            assertThat(network.parameters()[0]).isCloseTo(1e-3f, within(1e-6f));
            assertThat(network.parameters()[1]).isCloseTo(-1e-3f, within(1e-6f));
        }
    }

    @Test
    void equal_seeds_give_equal_weights_and_others_do_not() {
        PreferenceTraining training = TRAINING.withHidden(4).withEpochs(5);
        try (PreferenceModel first = train(training);
                PreferenceModel second = train(training);
                PreferenceModel other = train(training.withSeed(18))) {
            assertThat(second.score("q", "please w3")).isEqualTo(first.score("q", "please w3"));
            assertThat(other.score("q", "please w3")).isNotEqualTo(first.score("q", "please w3"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8})
    void a_model_is_the_same_after_saving_and_loading(int hidden) {
        Path file = folder.resolve("preference.json");
        try (PreferenceModel model = train(TRAINING.withHidden(hidden))) {
            model.save(file);
            model.save(file);
            try (PreferenceModel loaded = PreferenceModel.load(file, new WordsModel(16))) {
                for (String reply : List.of("please w1", "never", "", "w7 w8")) {
                    assertThat(loaded.score("question 3", reply)).isEqualTo(model.score("question 3", reply));
                }
                assertThat(loaded.temperature()).isEqualTo(model.temperature());
            }
        }
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void scores_are_normalised_over_the_training() {
        List<PreferencePair> pairs = pairs(400, 3);
        try (PreferenceModel model = PreferenceModel.train(pairs, new WordsModel(16), TRAINING)) {
            double sum = 0;
            double squares = 0;
            for (PreferencePair pair : pairs) {
                for (String reply : List.of(pair.chosen(), pair.rejected())) {
                    double score = model.score(pair.context(), reply);
                    sum += score;
                    squares += score * score;
                }
            }
            // A tenth of the pairs was kept out, so not exactly 0 and 1.
            assertThat(sum / 800).isCloseTo(0, within(0.05));
            assertThat(squares / 800).isCloseTo(1, within(0.05));
        }
    }

    @Test
    void the_temperature_is_set_by_pairs_that_were_not_trained_on() {
        // Each reply stands once, so what is learned by heart tells nothing about the pairs kept out.
        List<PreferencePair> pairs = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            pairs.add(new PreferencePair("p", "question", "c" + i, "r" + i));
        }
        PreferenceTraining byHeart = new PreferenceTraining(Features.REPLY, 0, 60, 128, 3e-2, 0, 0.5, 17);
        try (PreferenceModel model = PreferenceModel.train(pairs, new WordsModel(64), byHeart)) {
            assertThat(model.report(pairs).accuracy()).isGreaterThan(0.6);
            assertThat(model.temperature()).isGreaterThan(10);
        }
    }

    @Test
    void a_file_that_was_changed_anywhere_is_refused_or_says_the_same() throws IOException {
        Path file = folder.resolve("preference.json");
        try (PreferenceModel model = train(TRAINING)) {
            model.save(file);
        }
        byte[] bytes = Files.readAllBytes(file);
        PreferenceModelFile whole = PreferenceModelFile.read(file);
        int refused = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            Files.write(folder.resolve("changed"), changed);
            try {
                // The last digit of a number may be another without the number being another.
                PreferenceModelFile read = PreferenceModelFile.read(folder.resolve("changed"));
                assertThat(read.model()).isEqualTo(whole.model());
                assertThat(read.weights()).containsExactly(whole.weights());
            } catch (PreferenceModelFileException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(bytes.length * 9 / 10);
        for (int length = 0; length < bytes.length; length += 7) {
            refused(Arrays.copyOf(bytes, length));
        }
        refused(Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> PreferenceModel.load(folder.resolve("absent"), new WordsModel(16)))
                .isInstanceOf(PreferenceModelFileException.class)
                .hasMessageContaining("absent");
        assertThatThrownBy(() -> PreferenceModel.load(file, new WordsModel(8)))
                .isInstanceOf(PreferenceModelFileException.class)
                .hasMessageContaining("embeddings of 16 numbers by words, got one of 8");
    }

    private void refused(byte[] bytes) throws IOException {
        refused(bytes, "");
    }

    private void refused(byte[] bytes, String why) throws IOException {
        Path bad = folder.resolve("bad");
        Files.write(bad, bytes);
        assertThatThrownBy(() -> PreferenceModelFile.read(bad))
                .isInstanceOf(PreferenceModelFileException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'null' | without sense",
                "'[]' | is not a preference model",
                "'{}' | is not a preference model",
                "'{\"format\":2,\"embedding\":\"e\",\"dimension\":1,\"features\":\"REPLY\",\"hidden\":0,\"mean\":0.0,\"deviation\":1.0,\"temperature\":1.0,\"pairs\":1}' | another format",
                "'{\"format\":1,\"embedding\":\"e\",\"dimension\":0,\"features\":\"REPLY\",\"hidden\":0,\"mean\":0.0,\"deviation\":1.0,\"temperature\":1.0,\"pairs\":1}' | without sense",
                "'{\"format\":1,\"embedding\":\"e\",\"dimension\":2147483647,\"features\":\"REPLY\",\"hidden\":2147483647,\"mean\":0.0,\"deviation\":1.0,\"temperature\":1.0,\"pairs\":1}' | without sense",
                "'{\"format\":1,\"embedding\":\"e\",\"dimension\":1,\"features\":\"REPLY\",\"hidden\":0,\"mean\":0.0,\"deviation\":0.0,\"temperature\":1.0,\"pairs\":1}' | without sense",
                "'{\"format\":1,\"embedding\":\"e\",\"dimension\":1,\"features\":\"NONE\",\"hidden\":0,\"mean\":0.0,\"deviation\":1.0,\"temperature\":1.0,\"pairs\":1}' | is not a preference model",
                "'{\"format\":1,\"dimension\":1,\"features\":\"REPLY\",\"hidden\":0,\"mean\":0.0,\"deviation\":1.0,\"temperature\":1.0,\"pairs\":1}' | is not a preference model",
                "'{\"format\":1,\"embedding\":\"e\",\"dimension\":2,\"features\":\"REPLY\",\"hidden\":0,\"mean\":0.0,\"deviation\":1.0,\"temperature\":1.0,\"pairs\":1}' | holds 1 weights where 2 belong",
            })
    void a_model_without_sense_is_refused_though_its_hash_fits(String model, String why) throws Exception {
        refused(signed(model, "[1.0]"), why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"NaN\"] | has a weight that is NaN",
                "[1e99] | has a weight that is Infinity",
                "null | holds 0 weights where 1 belong",
                "[1.0,2.0] | holds 2 weights where 1 belong",
                "[1.50] | its hash does not fit"
            })
    void weights_without_sense_are_refused(String weights, String why) throws Exception {
        refused(signed(MODEL, weights), why);
    }

    @Test
    void a_file_put_together_by_the_description_of_the_format_is_read() throws Exception {
        Path good = folder.resolve("good");
        Files.write(good, signed(MODEL, "[1.5]"));
        assertThat(PreferenceModelFile.read(good).weights()).containsExactly(1.5f);
    }

    @Test
    void weights_come_back_bit_for_bit() {
        SplittableRandom random = new SplittableRandom(5);
        float[] weights = new float[20_000];
        for (int i = 0; i < weights.length; i++) {
            float any = Float.intBitsToFloat(random.nextInt());
            weights[i] = Float.isFinite(any) ? any : -0f;
        }
        Path file = folder.resolve("any.json");
        new PreferenceModelFile(
                        new PreferenceModelFile.Header(1, "e", weights.length, Features.REPLY, 0, 0, 1, 1, 1), weights)
                .write(file);
        int[] bits = new int[weights.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(weights[i]));
        float[] read = PreferenceModelFile.read(file).weights();
        int[] again = new int[read.length];
        Arrays.setAll(again, i -> Float.floatToRawIntBits(read[i]));
        assertThat(again).containsExactly(bits);
    }

    private static final String MODEL =
            "{\"format\":1,\"embedding\":\"e\",\"dimension\":1,\"features\":\"REPLY\",\"hidden\":0,\"mean\":0.0,\"deviation\":1.0,\"temperature\":1.0,\"pairs\":1}";

    private static byte[] signed(String model, String weights) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest((model + weights).getBytes(StandardCharsets.UTF_8));
        return ("{\"model\":" + model + ",\"weights\":" + weights + ",\"sha256\":\""
                        + HexFormat.of().formatHex(hash) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_reward_is_the_score_of_the_answer_and_none_where_the_embedding_fails() {
        try (PreferenceModel model = train(TRAINING)) {
            PreferenceReward reward = PreferenceReward.of(model);
            assertThat(reward.score(attempt("t", "please w1")).value())
                    .isEqualTo(model.score("question 1", "please w1"))
                    .isGreaterThan(reward.score(attempt("t", "never w1")).value());
            assertThat(reward.score(attempt("t", "fail")).reason()).contains("embedding service down");
            assertThat(reward.score(attempt("t", "nan")).reason()).contains("not finite");
        }
    }

    @Test
    void a_batch_is_embedded_at_once_and_a_failure_stays_with_its_attempt() {
        WordsModel words = new WordsModel(4);
        try (PreferenceModel model = PreferenceModel.train(pairs(60, 1), words, TRAINING)) {
            PreferenceReward reward = PreferenceReward.of(model);
            int before = words.calls();
            List<Attempt> batch = List.of(attempt("a", "please w1"), attempt("b", "never w1"), attempt("c", "w2"));
            assertThat(reward.scoreAll(batch).toCompletableFuture().join())
                    .extracting(r -> r.value())
                    .containsExactly(
                            reward.score(batch.get(0)).value(),
                            reward.score(batch.get(1)).value(),
                            reward.score(batch.get(2)).value());
            assertThat(words.calls() - before).isEqualTo(1 + 3);
            assertThat(reward.scoreAll(List.of(attempt("a", "please w1"), attempt("b", "fail")))
                            .toCompletableFuture()
                            .join())
                    .extracting(r -> r.isScored())
                    .containsExactly(true, false);
        }
    }

    private static Attempt attempt(String id, String answer) {
        return Attempt.of(Task.of(id, "question 1"), Instruction.fixed("i"), Answer.of(answer));
    }

    @Test
    void equal_texts_are_embedded_once_and_only_the_last_turn_of_a_dialogue_is_read() {
        WordsModel words = new WordsModel(4);
        Embedder embedder = new Embedder(words);
        float[][] rows = embedder.features(
                List.of(
                        new Embedder.Text("\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant:", "d"),
                        new Embedder.Text("c", " d ")),
                Features.REPLY_PRODUCT_AND_DISTANCE);
        assertThat(rows[0]).containsExactly(rows[1]).hasSize(12);
        assertThat(words.texts()).isEqualTo(2);
    }

    @Test
    void a_closed_model_says_so() {
        PreferenceModel model = train(TRAINING.withEpochs(1));
        model.close();
        model.close();
        assertThatThrownBy(() -> model.score("question 1", "please w1"))
                .isInstanceOf(ClosedException.class)
                .hasMessage("the preference model is closed");
        assertThatThrownBy(() -> model.save(folder.resolve("closed.json"))).isInstanceOf(ClosedException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_rate_that_leads_nowhere_is_told() {
        assertThatThrownBy(() -> train(new PreferenceTraining(Features.REPLY, 0, 40, 128, 1e38, 1e30, 0.1, 17)))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("the preference model's loss is ");
    }

    @Test
    void mistakes_of_the_caller_are_told_at_once() {
        assertThatThrownBy(() -> PreferenceModel.train(pairs(5, 1), new WordsModel(4), TRAINING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 5");
        assertThatThrownBy(() -> new PreferencePair("p", " ", "a", "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TRAINING.withEpochs(0)).hasMessageContaining("0");
        assertThatThrownBy(() -> TRAINING.withL2(Double.NaN)).hasMessageContaining("NaN");
    }
}
