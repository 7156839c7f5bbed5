package dev.wst.examples.figures;

import dev.wst.StudentClient;
import dev.wst.diagnosis.Diagnosis;
import dev.wst.diagnosis.RunWatch;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rl.Algorithm;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TransformerTeacher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether healthy runs are called ill. */
@Command(
        name = "diagnosis",
        description =
                "Trains the embedded pair by PPO and by GRPO with each seed, with a validation, and prints the symptoms that"
                        + " are found; fails where any is.",
        mixinStandardHelpOptions = true)
public final class DiagnosisFigures implements Callable<Integer> {
    @Option(names = "--seeds", split = ",", defaultValue = "1,2,3,4,5", description = "Default ${DEFAULT-VALUE}.")
    private List<Long> seeds = List.of();

    @Option(names = "--steps", defaultValue = "60", description = "Training steps; default ${DEFAULT-VALUE}.")
    private int steps;

    @Override
    public Integer call() {
        List<Diagnosis.Finding> all = new ArrayList<>();
        Map<String, Algorithm> algorithms =
                new TreeMap<>(Map.of("ppo", EmbeddedPair.ppo(), "grpo", EmbeddedPair.grpo()));
        try (TransformerChatModel model = EmbeddedPair.studentModel()) {
            StudentClient student = EmbeddedPair.student(model);
            algorithms.forEach((name, algorithm) -> {
                for (long seed : seeds) {
                    all.addAll(run(name, algorithm, student, seed));
                }
            });
        }
        System.out.printf("%d healthy runs of %d steps, %d findings%n", 2 * seeds.size(), steps, all.size());
        return all.isEmpty() ? 0 : 1;
    }

    private List<Diagnosis.Finding> run(String name, Algorithm algorithm, StudentClient student, long seed) {
        RunWatch watch = RunWatch.telling(finding -> {});
        try (TransformerTeacher teacher = EmbeddedPair.teacher(seed)) {
            List<Double> validated = EmbeddedPair.run(teacher, student)
                    .reward(EmbeddedPair.reward())
                    .tasks(EmbeddedPair.training(1000, seed))
                    .validation(EmbeddedPair.heldOut(50, seed))
                    .algorithm(algorithm)
                    .steps(steps)
                    .seed(seed)
                    .listener(watch)
                    .build()
                    .fit()
                    .validations()
                    .stream()
                    .map(validation -> validation.meanReward().orElse(Double.NaN))
                    .toList();
            List<Diagnosis.Finding> findings = watch.diagnosis().findings();
            System.out.printf("%s, seed %d: validation %s, %d findings%n", name, seed, validated, findings.size());
            findings.forEach(finding -> System.out.println("  " + finding));
            return findings;
        }
    }
}
