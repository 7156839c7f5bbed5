package dev.wst.examples.torture;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.TrainingReport;
import dev.wst.calls.CallLimits;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.metrics.RunReader;
import dev.wst.rl.Algorithm;
import dev.wst.rl.Grpo;
import dev.wst.rl.Ppo;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import dev.wst.training.WstTrainerBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** A short run that may be killed at any time; started again, it goes on. One process of {@link ResumeTorture}. */
final class MortalRun {
    static final String RUN = "run";
    static final String BILL = "bill.txt";
    private static final int STEPS = 6;
    private static final long ANSWER_MILLIS = 3;

    private MortalRun() {}

    /** Arguments: the directory for run and bill, the teacher's files, ppo or grpo. */
    public static void main(String[] args) {
        Path directory = Path.of(args[0]);
        if (Files.exists(directory.resolve(RUN)) && isComplete(directory.resolve(RUN))) {
            // Killed after it had written everything.
            return;
        }
        System.out.println(go(directory, Path.of(args[1]), args[2]).ending());
    }

    /** Begins the run in {@code directory}, or goes on with what is there of it. */
    static TrainingReport go(Path directory, Path teacherFiles, String algorithm) {
        Path run = directory.resolve(RUN);
        try (TransformerTeacher teacher = TransformerTeacher.builder(teacherFiles)
                .prompt(EmbeddedPair.prompt())
                .seed(1)
                .build()) {
            WstTrainerBuilder begun = Files.exists(run)
                    ? WstTrainer.resume(run)
                    : WstTrainer.builder().runDirectory(run);
            return begun.teacher(teacher)
                    .student(student(new Bill(directory.resolve(BILL))))
                    .studentCalls(CallLimits.defaults().withConcurrency(4))
                    .reward(MortalRun::right)
                    .tasks(EmbeddedPair.training(30, 3))
                    .validation(EmbeddedPair.heldOut(6, 7))
                    .validateEvery(2)
                    .algorithm(algorithm(algorithm))
                    .sampling(EmbeddedPair.sampling())
                    .batch(4)
                    .samples(4)
                    .steps(STEPS)
                    .seed(5)
                    // Equal runs then write equal metrics, times included.
                    .clock(() -> Instant.EPOCH)
                    .checkpointEvery(1)
                    .build()
                    .fit();
        }
    }

    private static boolean isComplete(Path run) {
        return RunReader.open(run)
                .report()
                .filter(report -> report.ending().isComplete())
                .isPresent();
    }

    /** Its parts come in another order in each process: what is written of them may not. */
    private static Reward right(Attempt attempt) {
        double right = EmbeddedPair.reward().score(attempt).value();
        double length = attempt.answer().text().length();
        return Reward.of(right, Map.of("right", right, "length", length, "words", 2.0));
    }

    private static Algorithm algorithm(String name) {
        return name.equals("ppo")
                ? Ppo.defaults().withAdaptiveKl(1, 100).withLearningRate(1e-3)
                : Grpo.defaults().withKlCoefficient(0.02).withLearningRate(1e-3);
    }

    /** Says the right answer to instructions of even length; takes its time, so that kills find calls under way. */
    private static StudentClient student(Bill bill) {
        return new StudentClient() {
            @Override
            public Answer answer(Advice advice) {
                Task task = advice.task();
                bill.add(task.id() + "/" + advice.situation().sample() + "/"
                        + advice.instruction().text());
                try {
                    Thread.sleep(ANSWER_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                boolean right = advice.instruction().text().length() % 2 == 0;
                return Answer.of("answer: " + (right ? task.reference().orElseThrow() : "unknown"));
            }

            @Override
            public String toString() {
                return "a student that sends a bill";
            }
        };
    }
}
