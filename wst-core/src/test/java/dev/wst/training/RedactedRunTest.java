package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A run that writes no texts. */
class RedactedRunTest extends ResumedRuns {
    @Test
    void redacted_texts_are_nowhere_in_the_run_directory() throws IOException {
        Path run = directory.resolve("run");
        try (TransformerTeacher teacher = teacher(false)) {
            configured(WstTrainer.builder(), teacher, "grpo")
                    .redactTexts()
                    .runDirectory(run)
                    .build()
                    .fit();
        }
        try (Stream<Path> all = Files.walk(run)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".safetensors")) {
                    assertThat(file).content().doesNotContain("answer to").doesNotContain("w3 w21");
                }
            }
        }
        assertThat(Files.readAllLines(run.resolve("rollouts.jsonl")).get(0))
                .containsPattern("\"answer\":\"\\[\\d+ characters, SHA-256 [0-9a-f]{16}]\"");
    }
}
