package dev.wst.serving;

import dev.wst.Advice;
import dev.wst.OptimizerStep;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TokenSlopes;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Adapters of a tiny model that write different instructions. */
final class TrainedAdapters {
    static final TeacherPrompt PROMPT = TeacherPrompt.bare("w8 {question}");

    private TrainedAdapters() {}

    /** Trains one towards what a seed makes it write. */
    static Path in(Path directory, Path model, long seed) {
        try (TransformerTeacher teacher = TransformerTeacher.builder(model)
                .prompt(PROMPT)
                .lora((int) seed + 1, 8)
                .seed(seed)
                .build()) {
            List<Advice> batch = teacher.write(
                    List.of(Situation.of(Task.of("t", "w5 w9 w11"), 0)),
                    Sampling.defaults().withMaxTokens(6),
                    new Seed(seed));
            for (int i = 0; i < 8; i++) {
                teacher.update(
                        batch,
                        (index, scores) -> {
                            double[] slopes = new double[scores.length()];
                            Arrays.fill(slopes, -1);
                            return new TokenSlopes(0, slopes, new double[0], new double[0]);
                        },
                        1,
                        new OptimizerStep(2e-2, 0.9, 0.999, 1e-8, 0, 1));
            }
            teacher.save(directory);
        }
        return directory;
    }
}
