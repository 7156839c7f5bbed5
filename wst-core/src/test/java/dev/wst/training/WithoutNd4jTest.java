package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.wst.Answer;
import dev.wst.EnvironmentException;
import dev.wst.Reward;
import dev.wst.Sampling;
import dev.wst.Task;
import dev.wst.engine.model.TinyModel;
import dev.wst.rl.Grpo;
import dev.wst.rl.Ppo;
import dev.wst.serving.ServedTeacher;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that trains by GRPO, writes instructions and answers, with neither ND4J nor Deeplearning4j on its class path. */
class WithoutNd4jTest {
    private static final List<String> ABSENT = List.of(
            "nd4j",
            "deeplearning4j",
            "javacpp",
            "jackson-1.0.0-M2",
            "protobuf-1",
            "guava-1.0.0-M2",
            "fastutil",
            "oshi");

    /** Runs in the other JVM. */
    static final class Service {
        private Service() {}

        public static void main(String[] args) {
            Path model = Path.of(args[0]);
            List<Task> tasks = List.of(Task.of("a", "w5 w9"), Task.of("b", "w3"));
            try (TransformerTeacher teacher = TransformerTeacher.builder(model)
                    .prompt(TeacherPrompt.bare("{question}"))
                    .build()) {
                System.out.println("trained by GRPO: "
                        + trainer(teacher, tasks)
                                .algorithm(Grpo.defaults().withKlCoefficient(0.04))
                                .build()
                                .fit()
                                .steps()
                                .size()
                        + " steps");
                try {
                    trainer(teacher, tasks).algorithm(Ppo.defaults()).build().fit();
                } catch (EnvironmentException e) {
                    System.out.println("PPO refused: " + e.getMessage());
                }
                teacher.save(Path.of(args[1]));
            }
            try (ServedTeacher served = ServedTeacher.load(model, Path.of(args[1]))) {
                System.out.println("advises: " + served.instructionFor("w5 w7").isTaught());
            }
            try (TransformerChatModel student = TransformerChatModel.open(model, Sampling.greedy(4))) {
                ChatModel served = student;
                System.out.println("served: " + !served.chat("w5 w7").isEmpty());
            }
        }

        private static WstTrainerBuilder trainer(TransformerTeacher teacher, List<Task> tasks) {
            return WstTrainer.builder()
                    .teacher(teacher)
                    .student(advice -> Answer.of("an answer"))
                    .reward(attempt -> Reward.of(attempt.sample() % 2))
                    .tasks(tasks)
                    .batch(2)
                    .samples(2)
                    .steps(2)
                    .sampling(Sampling.defaults().withMaxTokens(4));
        }
    }

    @Test
    void grpo_and_serving_need_no_nd4j_and_ppo_says_what_to_add(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path model = TinyModel.in(Files.createDirectory(directory.resolve("model")));
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> ABSENT.stream()
                        .noneMatch(
                                name -> Path.of(entry).getFileName().toString().startsWith(name)))
                .collect(Collectors.joining(File.pathSeparator));
        Path out = directory.resolve("out");
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        path,
                        Service.class.getName(),
                        model.toString(),
                        directory.resolve("adapter").toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(service.waitFor()).as(Files.readString(out)).isZero();
        assertThat(Files.readString(out))
                .contains("trained by GRPO: 2 steps")
                .contains("PPO refused: PPO's critic runs on Deeplearning4j")
                .contains("org.deeplearning4j:deeplearning4j-nn:1.0.0-M2.1")
                .contains("advises: true")
                .contains("served: true");
    }
}
