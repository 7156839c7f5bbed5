package dev.wst.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Messages send their reader to a guide that has what they name. */
class SymptomTest {
    @Test
    void the_guide_has_a_section_for_each_symptom_and_for_nothing_else() throws IOException {
        assertThat(Files.readAllLines(Path.of("DIAGNOSES.md")).stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3)))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Symptom.values()).map(Symptom::id).toList());
    }
}
