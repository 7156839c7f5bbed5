package dev.wst.examples.api;

import dev.wst.Answer;
import dev.wst.Reward;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import java.util.List;

/** A student is a lambda; an answer that does not arrive is told apart from one that is wrong. */
public final class StudentOfYourOwn {
    private StudentOfYourOwn() {}

    /** Prints how many answers did not arrive. */
    public static void main(String[] args) {
        StudentClient student = advice -> advice.instruction().text().isEmpty()
                ? Answer.failed(Answer.FailureKind.INVALID_REQUEST, "nothing to go by")
                : Answer.of(advice.instruction().text() + " -> "
                        + advice.task().prompt().length());
        try (TransformerTeacher teacher = EmbeddedPair.teacher(1)) {
            WstTrainer.builder()
                    .teacher(teacher)
                    .student(student)
                    .reward(attempt -> Reward.of(-attempt.answer().text().length()))
                    .tasks(List.of(Task.of("one", "a b c"), Task.of("two", "c d e")))
                    .sampling(EmbeddedPair.sampling())
                    .batch(2)
                    .samples(4)
                    .steps(3)
                    .build()
                    .fit()
                    .steps()
                    .forEach(step -> System.out.println("step " + step.step() + ": "
                            + step.value("rollouts/failed_answers") + " answers did not arrive, reward "
                            + step.values().get("reward")));
        }
    }
}
