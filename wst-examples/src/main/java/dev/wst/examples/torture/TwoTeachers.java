package dev.wst.examples.torture;

import dev.wst.Answer;
import dev.wst.Reward;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rl.Grpo;
import dev.wst.serving.ServedTeacher;
import dev.wst.teacher.FrozenTeacher;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two adapters of one base model, and what each of them writes for some questions when nobody else asks. */
final class TwoTeachers {
    private static final Sampling GREEDY = Sampling.greedy(12);

    private final Path base = EmbeddedPair.teacherFiles();
    private final List<Path> adapters;
    private final List<String> questions;
    /** By version, then by question. */
    private final Map<String, Map<String, String>> alone = new HashMap<>();

    private final List<String> versions = new ArrayList<>();

    /**
     * Trains them for a step, one towards long instructions and one towards short ones.
     *
     * @param directory that the adapters are written to
     */
    TwoTeachers(Path directory, int questionCount) {
        questions = EmbeddedPair.heldOut(questionCount, 11).stream()
                .map(Task::prompt)
                .distinct()
                .toList();
        adapters = List.of(trained(directory.resolve("long"), 1), trained(directory.resolve("short"), -1));
        try (FrozenTeacher model = FrozenTeacher.open(base, Optional.empty())) {
            for (Path adapter : adapters) {
                FrozenTeacher.Adapter loaded = model.adapter(adapter, Optional.empty());
                Map<String, String> written = new HashMap<>();
                for (String question : questions) {
                    written.put(
                            question,
                            model.write(loaded, List.of(question), GREEDY, new Seed(0))
                                    .get(0)
                                    .orElseThrow()
                                    .text());
                }
                versions.add(loaded.version());
                alone.put(loaded.version(), written);
            }
        }
        if (alone.values().stream().distinct().count() < 2) {
            throw new IllegalStateException("the two teachers write the same, so nothing could tell them apart");
        }
    }

    private Path trained(Path directory, int sign) {
        try (TransformerTeacher teacher = TransformerTeacher.builder(base)
                .prompt(EmbeddedPair.prompt())
                .seed(1)
                .build()) {
            WstTrainer.builder()
                    .teacher(teacher)
                    .student(advice -> Answer.of("answer"))
                    .reward(attempt -> Reward.of(sign * attempt.instruction().tokenCount()))
                    .tasks(EmbeddedPair.training(16, 5))
                    .algorithm(Grpo.defaults().withLearningRate(2e-2).withIterations(4))
                    .sampling(EmbeddedPair.sampling())
                    .batch(8)
                    .samples(8)
                    .steps(2)
                    .seed(3)
                    .build()
                    .fit();
            teacher.save(directory);
        }
        return directory;
    }

    /** Serves the first. */
    ServedTeacher serve() {
        return ServedTeacher.builder(base)
                .adapter(adapters.get(0))
                .sampling(GREEDY)
                // Few, so that most are written anew.
                .instructionsKept(8)
                .build();
    }

    List<String> questions() {
        return questions;
    }

    Path adapter(int number) {
        return adapters.get(number % 2);
    }

    String version(int number) {
        return versions.get(number % 2);
    }

    /** What a version writes for a question. */
    String alone(String version, String question) {
        String written = alone.getOrDefault(version, Map.of()).get(question);
        if (written == null) {
            throw new IllegalStateException("no teacher of version '" + version + "' was asked: " + question);
        }
        return written;
    }

    /** Whether one of the two writes it for a question. */
    boolean isWrittenBySome(String instruction, String question) {
        return alone.values().stream().anyMatch(each -> instruction.equals(each.get(question)));
    }
}
