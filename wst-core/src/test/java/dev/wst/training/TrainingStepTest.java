package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Precision;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StatelessCritic;
import dev.wst.Task;
import dev.wst.TeacherPolicy.Reading;
import dev.wst.TokenScores;
import dev.wst.ValueFunction;
import dev.wst.engine.KernelNames;
import dev.wst.engine.model.TinyModel;
import dev.wst.rl.Algorithm;
import dev.wst.rl.Batch;
import dev.wst.rl.Grpo;
import dev.wst.rl.Ppo;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole steps on a tiny model, held to what PyTorch and peft make of them: see {@code src/test/python/training_steps.py}. */
class TrainingStepTest {
    @TempDir
    Path directory;

    private static JsonNode numbers() throws IOException {
        return new ObjectMapper()
                .readTree(
                        Path.of("src/test/resources/golden/training-steps.json").toFile());
    }

    private static Algorithm algorithm(String name) {
        return switch (name) {
            case "grpo" ->
                Grpo.defaults()
                        .withLoss(Grpo.Loss.GRPO)
                        .withKlCoefficient(0.04)
                        .withKlCorrected(false)
                        .withIterations(3);
            case "dapo" ->
                Grpo.defaults().withKlCoefficient(0.04).withKlCorrected(false).withIterations(3);
            case "dr_grpo" -> Grpo.defaults().withLoss(Grpo.Loss.DR_GRPO).withIterations(2);
            case "gspo" ->
                Grpo.defaults()
                        .withLoss(Grpo.Loss.GSPO)
                        .withKlCoefficient(0.04)
                        .withKlCorrected(false)
                        .withIterations(3);
            case "ppo" -> Ppo.defaults().withKlCoefficient(0.05).withEntropyBonus(0.01);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "grpo, onednn",
        "dapo, onednn",
        "dr_grpo, onednn",
        "gspo, onednn",
        "ppo, onednn",
        "dapo, host",
        "ppo, host",
        "dapo, portable",
        "ppo, portable",
        "grpo, cuda",
        "dapo, cuda",
        "dr_grpo, cuda",
        "gspo, cuda",
        "ppo, cuda"
    })
    void a_step_ends_where_pytorch_ends(String name, String kernels) throws IOException {
        JsonNode numbers = numbers();
        JsonNode expected = numbers.get("cases").get(name);
        Algorithm algorithm = algorithm(name);
        double temperature = numbers.get("temperature").asDouble();
        OptimizerStep step = new OptimizerStep(numbers.get("learningRate").asDouble(), 0.9, 0.999, 1e-8, 0, 1);
        List<Rollout> rollouts = rollouts(numbers);
        GivenValues values = new GivenValues(numbers);
        Optional<ValueFunction> critic = algorithm.usesCritic() ? Optional.of(values) : Optional.empty();
        Path model = TinyModel.in(directory);
        try (TransformerTeacher teacher = KernelNames.with(
                kernels,
                () -> TransformerTeacher.builder(model)
                        .prompt(TeacherPrompt.bare("{question}"))
                        .adapter(Path.of("src/test/resources/golden/tiny-llama/adapter"))
                        .kernels(kernels)
                        .precision(Precision.FP32)
                        .build())) {
            Sampling sampling = Sampling.defaults().withTemperature(temperature).withMaxTokens(8);
            Map<String, Double> metrics = algorithm
                    .update(teacher, critic, new Batch(rollouts, sampling, step, new Seed(1)), algorithm.start())
                    .metrics();

            assertThat(metrics.get(algorithm.usesCritic() ? "loss/policy_avg" : "loss"))
                    .isCloseTo(mean(expected.get("losses")), within(2e-5));
            assertThat(metrics.get("grad_norm")).isCloseTo(mean(expected.get("norms")), within(2e-4));
            List<Advice> advice = rollouts.stream()
                    .map(r -> new Advice(
                            Situation.of(r.attempt().task(), r.attempt().sample()),
                            r.attempt().instruction()))
                    .toList();
            assertThat(values.updates).isEqualTo(algorithm.usesCritic() ? 4 : 0);
            List<Reading> after = teacher.read(advice, temperature);
            for (int i = 0; i < after.size(); i++) {
                assertThat(after.get(i).scores().logProbabilities())
                        .containsExactly(doubles(expected.get("after").get(i)), within(1e-4));
            }
        }
    }

    private static List<Rollout> rollouts(JsonNode numbers) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int task = 0; task < 2; task++) {
            String question = StreamSupport.stream(
                            numbers.get("prompts").get(task).spliterator(), false)
                    .map(id -> "w" + id.asInt())
                    .collect(Collectors.joining(" "));
            for (int sample = 0; sample < 3; sample++) {
                int[] tokens = StreamSupport.stream(
                                numbers.get("completions").get(task).get(sample).spliterator(), false)
                        .mapToInt(JsonNode::asInt)
                        .toArray();
                Instruction instruction =
                        Instruction.sampled("any", tokens, new double[tokens.length], Instruction.Ending.STOP);
                rollouts.add(new Rollout(
                        new Advice(Situation.of(Task.of("t" + task, question), sample), instruction)
                                .answered(Answer.of("any")),
                        Reward.of(numbers.get("rewards").get(task).get(sample).asDouble())));
            }
        }
        return rollouts;
    }

    private static double[] doubles(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static double mean(JsonNode list) {
        return Arrays.stream(doubles(list)).average().orElseThrow();
    }

    /** A critic that says what the reference program was told, and is not trained: the policy does not depend on it. */
    private static final class GivenValues extends StatelessCritic {
        private final List<double[]> values = new ArrayList<>();
        private final List<double[]> returns = new ArrayList<>();
        private int updates;

        GivenValues(JsonNode numbers) {
            numbers.get("values").forEach(task -> task.forEach(row -> values.add(doubles(row))));
            numbers.get("cases").get("ppo").get("returns").forEach(row -> returns.add(doubles(row)));
        }

        @Override
        public List<double[]> values(List<float[][]> states) {
            return values;
        }

        @Override
        public double update(List<float[][]> states, Objective objective) {
            updates++;
            for (int i = 0; i < values.size(); i++) {
                // Where the value has not moved, the slope is its distance to the return, shared among 21 tokens.
                double[] zeros = new double[values.get(i).length];
                double[] slopes = objective
                        .at(i, TokenScores.of(zeros, zeros).withValues(values.get(i)))
                        .value();
                for (int t = 0; t < slopes.length; t++) {
                    assertThat(slopes[t]).isCloseTo((values.get(i)[t] - returns.get(i)[t]) / 21, within(1e-5));
                }
            }
            return 0;
        }
    }
}
