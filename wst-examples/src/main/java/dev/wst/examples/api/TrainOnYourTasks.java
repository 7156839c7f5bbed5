package dev.wst.examples.api;

import dev.wst.Reward;
import dev.wst.StepMetrics;
import dev.wst.TrainingReport;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rl.Grpo;
import dev.wst.student.LangChain4jStudent;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;

/** A teacher, a student, a reward as a lambda, tasks: all that a run needs. */
public final class TrainOnYourTasks {
    private TrainOnYourTasks() {}

    /** Prints the reward of each step. */
    public static void main(String[] args) {
        try (TransformerTeacher teacher = EmbeddedPair.teacher(17);
                TransformerChatModel chatModel = EmbeddedPair.studentModel()) {
            TrainingReport report = WstTrainer.builder()
                    .teacher(teacher)
                    .student(LangChain4jStudent.of(chatModel))
                    .reward(attempt -> Reward.of(
                            attempt.answer()
                                            .text()
                                            .endsWith(attempt.task().reference().orElseThrow())
                                    ? 1
                                    : 0))
                    .tasks(EmbeddedPair.training(200, 17))
                    .validation(EmbeddedPair.heldOut(50, 17))
                    .algorithm(Grpo.defaults().withLearningRate(2e-3))
                    .sampling(EmbeddedPair.sampling())
                    .steps(10)
                    .seed(17)
                    .build()
                    .fit();
            for (StepMetrics step : report.steps()) {
                System.out.println("step " + step.step() + ": reward " + step.value("reward"));
            }
            report.validations()
                    .forEach(v -> System.out.println("held out, after step " + v.step() + ": " + v.meanReward()));
        }
    }
}
