package dev.wst.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Reward;
import dev.wst.examples.api.AnswerWithATeacher;
import dev.wst.examples.api.CompareInstructions;
import dev.wst.examples.api.StudentOfYourOwn;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rl.Grpo;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short programs run as they are. */
class ApiExamplesTest {
    @TempDir
    private Path directory;

    private static String printedBy(Runnable program) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void instructions_are_compared() {
        assertThat(printedBy(() -> CompareInstructions.main(new String[0])))
                .contains("alone 0.", "steps 0.", "total 0.", "total minus alone ");
    }

    @Test
    void a_student_of_your_own_is_trained_against() {
        assertThat(printedBy(() -> StudentOfYourOwn.main(new String[0])))
                .contains("step 1: 0.0 answers did not arrive", "step 3: ");
    }

    @Test
    void a_trained_teacher_helps_to_answer() {
        Path run = directory.resolve("run");
        try (TransformerTeacher teacher = EmbeddedPair.teacher(1)) {
            WstTrainer.builder()
                    .teacher(teacher)
                    .student(advice -> Answer.of(advice.instruction().text() + "."))
                    .reward(attempt -> Reward.of(attempt.answer().text().length()))
                    .tasks(EmbeddedPair.training(10, 1))
                    .algorithm(Grpo.defaults())
                    .sampling(EmbeddedPair.sampling())
                    .batch(2)
                    .samples(2)
                    .steps(1)
                    .runDirectory(run)
                    .build()
                    .fit();
        }
        String adapter = run.resolve("adapter").toString();
        assertThat(printedBy(() -> AnswerWithATeacher.main(new String[] {adapter})))
                .hasLineCount(2)
                .contains("Answer[");
    }
}
