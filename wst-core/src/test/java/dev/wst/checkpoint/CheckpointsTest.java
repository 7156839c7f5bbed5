package dev.wst.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.InvalidInputException;
import dev.wst.TrainingState;
import dev.wst.files.FileStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checkpoints of a run, on the disk. */
class CheckpointsTest {
    @TempDir
    Path directory;

    private static Checkpoint at(int step, OptionalDouble validation) {
        return new Checkpoint(
                new TrainingState(step, 0.125, 7, 3),
                Map.of("metrics.jsonl", new FileStart(12, "00")),
                Duration.ofMillis(5),
                validation);
    }

    private static void write(Checkpoints checkpoints, int step, double validation) {
        write(checkpoints, step, validation, OptionalInt.empty());
    }

    private static void write(Checkpoints checkpoints, int step, double validation, OptionalInt best) {
        checkpoints.write(
                at(step, OptionalDouble.of(validation)),
                best,
                teacher -> {
                    try {
                        Files.createDirectory(teacher);
                        Files.writeString(teacher.resolve("state"), "of step " + step);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Optional.empty());
    }

    private static Optional<Integer> best(Checkpoints checkpoints, int step) {
        return checkpoints.best(step).map(one -> one.checkpoint().state().step());
    }

    private void damage(int step) throws IOException {
        Files.writeString(directory.resolve("c/step-00000" + step + "/teacher/state"), "something else");
    }

    @Test
    void the_best_stays_and_is_that_of_its_step_whatever_its_mean() {
        Checkpoints checkpoints = new Checkpoints(directory.resolve("c"), 1);
        write(checkpoints, 1, 0.9, OptionalInt.of(1));
        write(checkpoints, 2, 0.5, OptionalInt.of(2));
        write(checkpoints, 3, 0.4, OptionalInt.of(2));
        assertThat(best(checkpoints, 2)).contains(2);
        assertThat(directory.resolve("c/step-000001")).doesNotExist();
    }

    @Test
    void instead_of_a_best_one_that_is_gone_the_first_of_the_highest_that_are_intact_is_taken() throws IOException {
        Checkpoints checkpoints = new Checkpoints(directory.resolve("c"), 9);
        write(checkpoints, 1, 0.5);
        write(checkpoints, 2, 0.9);
        write(checkpoints, 3, 0.9);
        write(checkpoints, 4, -1);
        assertThat(best(checkpoints, 4)).contains(4);
        assertThat(best(checkpoints, 5)).contains(2);
        damage(2);
        assertThat(best(checkpoints, 2)).contains(3);
        damage(3);
        damage(4);
        assertThat(best(checkpoints, 2)).contains(1);
        Files.delete(directory.resolve("c/step-000001/manifest.json"));
        assertThat(best(checkpoints, 2)).isEmpty();
    }

    @Test
    void a_manifest_is_read_back_and_one_of_another_format_is_refused() throws IOException {
        for (OptionalDouble validation : new OptionalDouble[] {OptionalDouble.empty(), OptionalDouble.of(0.25)}) {
            Checkpoint checkpoint = at(6, validation);
            assertThat(Checkpoint.read(checkpoint.json(), "m")).isEqualTo(checkpoint);
        }
        assertThatThrownBy(() -> Checkpoint.read(new ObjectMapper().readTree("{\"format\": 1}"), "m"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("m is of format 1, and this version reads 2; use the version of the library that wrote it");
        assertThatThrownBy(() -> Checkpoint.read(new ObjectMapper().readTree("{}"), "m"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "m is of format none, and this version reads 2; use the version of the library that wrote it");
    }
}
