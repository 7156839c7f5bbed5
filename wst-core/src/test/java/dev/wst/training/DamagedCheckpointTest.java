package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.InvalidInputException;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checkpoints with damaged files are passed over. */
class DamagedCheckpointTest extends ResumedRuns {
    /** Damages one byte of each file of the newest checkpoint in turn: the one before it is taken, and the run ends the same. */
    @Test
    void a_damaged_checkpoint_is_passed_over() throws IOException {
        Path whole = directory.resolve("whole");
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.builder(), teacher, "grpo")
                    .runDirectory(whole)
                    .build()
                    .fit();
        }
        Path run = failed("in validation 4");
        Path newest = run.resolve("checkpoints/step-000004");
        List<Path> files;
        try (Stream<Path> all = Files.walk(newest)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files)
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactly("SHA256SUMS", "manifest.json", "state.json", "state.safetensors");
        SplittableRandom random = new SplittableRandom(5);
        for (Path file : files) {
            Path damaged = directory.resolve("damaged " + file.getFileName());
            copy(run, damaged);
            flip(damaged.resolve(run.relativize(file).toString()), random);
            try (TransformerTeacher teacher = teacher(false)) {
                configured(WstTrainer.resume(damaged), teacher, "grpo").build().fit();
            }
            assertSameMetrics(damaged, whole);
            for (String name : List.of("rollouts.jsonl", "adapter/adapter_model.safetensors")) {
                assertThat(damaged.resolve(name)).as(name).hasSameBinaryContentAs(whole.resolve(name));
            }
        }
    }

    private static void flip(Path file, SplittableRandom random) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long place = random.nextLong(bytes.length());
            bytes.seek(place);
            int old = bytes.read();
            bytes.seek(place);
            bytes.write(old ^ 1 << random.nextInt(8));
        }
    }

    @Test
    void a_run_without_an_intact_checkpoint_is_not_resumed() throws IOException {
        Path run = failed("in validation 2");
        try (Stream<Path> all = Files.list(run.resolve("checkpoints"))) {
            for (Path one : all.toList()) {
                Files.delete(one.resolve("manifest.json"));
            }
        }
        assertRefused(
                run,
                InvalidInputException.class,
                "the run in " + run + " cannot be resumed: none of its checkpoints is intact; begin a new run");
    }
}
