package dev.wst.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedArgumentsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "{\"a\": \"train\"}",
                "7",
                "\"train\"",
                "[\"train\"",
                "[null]",
                "[\"train\", 1]",
                "[\"train\"] [\"train\"]"
            })
    void what_is_no_list_of_texts_is_named(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("arguments.json"), content);
        assertThatThrownBy(() -> SavedArguments.line(directory))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file + " is damaged: ")
                .hasMessageEndingWith("or delete it and give the whole command line of the run again");
    }

    @Test
    void one_of_several_runs_has_directories_of_its_own() {
        Path run = Path.of("runs", "seed-4");
        assertThat(SavedArguments.ofSeed(
                        List.of("--seeds", "4-5", "--run=runs", "--reach", "1", "--tensorboard=logs", "--steps", "2"),
                        4,
                        run))
                .containsExactly(
                        "--steps",
                        "2",
                        "--seed",
                        "4",
                        "--run",
                        run.toString(),
                        "--tensorboard",
                        Path.of("logs", "seed-4").toString());
    }
}
