package dev.wst.examples.device;

import dev.wst.StepMetrics;
import dev.wst.TrainingListener;
import dev.wst.TrainingReport;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rl.Grpo;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import java.util.List;
import java.util.Locale;

/** The embedded pair, teacher and student on the card: the rewards of the last steps are well above those of the first. */
record LearningCheck(String onCard, int steps) implements Check {
    private static final int COMPARED = 8;
    private static final double GAIN = 0.15;

    LearningCheck {
        if (steps < 2 * COMPARED) {
            throw new IllegalArgumentException("--steps must be 0, for no learning run, or at least " + 2 * COMPARED
                    + ", since its first and last " + COMPARED + " are compared; got " + steps);
        }
    }

    @Override
    public String name() {
        return "the embedded teacher learns";
    }

    @Override
    public String run() {
        long start = System.nanoTime();
        try (TransformerTeacher teacher = TransformerTeacher.builder(EmbeddedPair.teacherFiles())
                        .prompt(EmbeddedPair.prompt())
                        .seed(1)
                        .kernels(onCard)
                        .build();
                TransformerChatModel student = EmbeddedPair.studentModel()) {
            TrainingReport report = WstTrainer.builder()
                    .teacher(teacher)
                    .student(EmbeddedPair.student(student))
                    .reward(EmbeddedPair.reward())
                    .tasks(EmbeddedPair.training(2000, 1))
                    .algorithm(Grpo.defaults())
                    .sampling(EmbeddedPair.sampling())
                    .steps(steps)
                    .seed(1)
                    .listener(new TrainingListener() {})
                    .build()
                    .fit();
            List<StepMetrics> all = report.steps();
            double first = mean(all.subList(0, COMPARED));
            double last = mean(all.subList(all.size() - COMPARED, all.size()));
            String measured = String.format(
                    Locale.ROOT,
                    "mean reward %.3f in the first %d steps, %.3f in the last of %d, %.1f s",
                    first,
                    COMPARED,
                    last,
                    steps,
                    (System.nanoTime() - start) / 1e9);
            if (last < first + GAIN) {
                throw new CheckFailedException(measured);
            }
            return measured;
        }
    }

    private static double mean(List<StepMetrics> steps) {
        return steps.stream()
                .mapToDouble(step -> step.value("reward"))
                .average()
                .orElseThrow();
    }
}
