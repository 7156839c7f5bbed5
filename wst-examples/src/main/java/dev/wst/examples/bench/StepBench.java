package dev.wst.examples.bench;

import dev.wst.Answer;
import dev.wst.Precision;
import dev.wst.Reward;
import dev.wst.Sampling;
import dev.wst.Situation;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.rl.Grpo;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.teacher.TransformerTeacherBuilder;
import dev.wst.training.WstTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A whole GRPO step with low-rank adapters and divergence from the base model; student and reward cost nothing. */
@Command(name = "step", description = "Times GRPO steps.", mixinStandardHelpOptions = true)
final class StepBench implements Callable<Integer> {
    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--prompts", defaultValue = "8")
    private int prompts = 8;

    @Option(names = "--samples", defaultValue = "8")
    private int samples = 8;

    @Option(names = "--tokens", defaultValue = "64", description = "tokens of each text")
    private int tokens = 64;

    @Option(names = "--steps", defaultValue = "3", description = "measured after one step of warm-up")
    private int steps = 3;

    @Option(
            names = "--precision",
            paramLabel = "FP32|BF16",
            description = "of frozen weights; the faster one unless given")
    private Optional<Precision> precision = Optional.empty();

    @Option(
            names = "--activation-memory",
            paramLabel = "MB",
            description = "the most that activations may take while the teacher learns; 512 unless given")
    private Optional<Integer> activationMemory = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "N|none",
            description =
                    "the card to compute on, or none for the processor; the first card, if there is one, unless given")
    private Optional<String> device = Optional.empty();

    @Override
    public Integer call() throws IOException {
        device.ifPresent(chosen -> System.setProperty("wst.device", chosen));
        Work work = new Work(prompts, 1);
        try (ModelOptions.Place place = model.open(work)) {
            measure(
                    place.path(),
                    work.situations().stream().map(Situation::task).toList());
        }
        return 0;
    }

    private void measure(Path files, List<Task> tasks) {
        TransformerTeacherBuilder builder = TransformerTeacher.builder(files);
        precision.ifPresent(builder::precision);
        activationMemory.ifPresent(megabytes -> builder.activationMemory((long) megabytes << 20));
        try (TransformerTeacher loaded = builder.build()) {
            TrainingReport report = WstTrainer.builder()
                    .teacher(loaded)
                    .student(advice -> Answer.of("an answer"))
                    .reward(attempt -> Reward.of(attempt.sample() % 2))
                    .tasks(tasks)
                    .batch(prompts)
                    .samples(samples)
                    .algorithm(Grpo.defaults().withKlCoefficient(0.04).withLearningRate(1e-5))
                    .sampling(Sampling.defaults().withMaxTokens(tokens))
                    .steps(steps + 1)
                    .listener(new TrainingListener() {})
                    .build()
                    .fit();
            double[] seconds = report.steps().stream()
                    .skip(1)
                    .mapToDouble((StepMetrics m) -> m.value("step_time"))
                    .toArray();
            new Line("step")
                    .put("sequences", prompts * samples)
                    .put("prompt_tokens", loaded.promptTokens(Situation.of(tasks.get(0), 0)))
                    .put("seconds", Line.median(seconds))
                    .put("mean_length", report.steps().get(1).value("completions/mean_length"))
                    .put("logp_difference", report.steps().get(1).value("sampling/sampling_logp_difference/mean"))
                    .put("memory_gb", Memory.byPart(loaded.memory()))
                    .print();
        }
    }
}
