package dev.wst.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rl.Algorithm;
import dev.wst.rl.Grpo;
import dev.wst.rl.Ppo;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises of seeds: whole runs of the engine, in processes that were given different numbers of threads. */
@Timeout(660)
class ThreadCountTest {
    @TempDir
    Path directory;

    /** Trains by both algorithms in the other process. */
    static final class Training {
        private Training() {}

        public static void main(String[] args) {
            train(
                    Path.of(args[0], "ppo"),
                    Ppo.defaults().withKlCoefficient(0.05).withMinibatches(2));
            train(
                    Path.of(args[0], "grpo"),
                    Grpo.defaults().withKlCoefficient(0.02).withIterations(2));
        }

        private static void train(Path run, Algorithm algorithm) {
            try (TransformerTeacher teacher = EmbeddedPair.teacher(3);
                    TransformerChatModel student = EmbeddedPair.studentModel()) {
                WstTrainer.builder()
                        .teacher(teacher)
                        .student(EmbeddedPair.student(student))
                        .reward(EmbeddedPair.reward())
                        .tasks(EmbeddedPair.training(24, 3))
                        .validation(EmbeddedPair.heldOut(8, 3))
                        .algorithm(algorithm)
                        .sampling(EmbeddedPair.sampling())
                        .batch(8)
                        .samples(4)
                        .steps(2)
                        .seed(3)
                        .runDirectory(run)
                        .build()
                        .fit();
            }
        }
    }

    private Path trained(int threads) throws IOException, InterruptedException {
        Path runs = Files.createDirectory(directory.resolve("threads" + threads));
        Path out = runs.resolve("out");
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ActiveProcessorCount=" + threads,
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Training.class.getName(),
                        runs.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        command.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
        Process process = command.start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return runs;
    }

    private static List<String> withoutTimes(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceAll(",\"(step_time|eps)\":[^,}]*", ""))
                .toList();
    }

    @Test
    void a_run_is_the_same_to_the_byte_with_one_thread_and_with_four() throws IOException, InterruptedException {
        Path one = trained(1);
        Path four = trained(4);
        for (String algorithm : List.of("ppo", "grpo")) {
            for (String lines : List.of("metrics.jsonl", "rollouts.jsonl")) {
                assertThat(withoutTimes(one.resolve(algorithm).resolve(lines)))
                        .as(algorithm + " " + lines)
                        .isNotEmpty()
                        .isEqualTo(withoutTimes(four.resolve(algorithm).resolve(lines)));
            }
            Path adapter = Path.of(algorithm, "adapter", "adapter_model.safetensors");
            assertThat(four.resolve(adapter)).hasSameBinaryContentAs(one.resolve(adapter));
        }
    }
}
