package dev.wst.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.InvalidInputException;
import dev.wst.StepMetrics;
import dev.wst.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvMetricsTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("run.csv");
    }

    private static StepMetrics step(int step, Object... namesAndValues) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
        }
        return new StepMetrics(step, values);
    }

    private static Validation validation(int step) {
        return new Validation(step, List.of());
    }

    @Test
    void a_metric_that_comes_late_is_a_new_column_and_one_that_is_missing_an_empty_cell() {
        CsvMetrics listener = CsvMetrics.to(file());
        listener.onStart(3);
        listener.onStep(step(1, "kl", 0.1, "reward", 1e-9), List.of());
        assertThat(file()).hasContent("step,kl,reward\n1,0.1,1.0E-9\n");
        listener.onStep(step(2, "reward", 27.0), List.of());
        assertThat(file()).hasContent("step,kl,reward\n1,0.1,1.0E-9\n2,,27.0\n");
        listener.onStep(step(3, "rewards/right, \"sure\"/mean", 1.0, "kl", 0.0), List.of());
        assertThat(file())
                .hasContent(
                        "step,kl,reward,\"rewards/right, \"\"sure\"\"/mean\"\n1,0.1,1.0E-9,\n2,,27.0,\n3,0.0,,1.0\n");
    }

    @Test
    void a_validation_stands_in_the_row_of_its_step() {
        CsvMetrics listener = CsvMetrics.to(file());
        listener.onStart(3);
        listener.onValidation(validation(0));
        listener.onStep(step(1, "reward", 0.5), List.of());
        listener.onValidation(validation(1));
        assertThat(file()).hasContent("step,eval/unscored,reward\n0,0.0,\n1,0.0,0.5\n");
    }

    @Test
    void a_run_that_goes_on_leaves_out_what_comes_again() throws IOException {
        Files.writeString(file(), "step,reward\n1,0.5\n2,0.25\n3,0.1");
        CsvMetrics listener = CsvMetrics.to(file());
        listener.onResume(List.of(step(1, "reward", 0.5), step(2, "reward", 0.25)), List.of(validation(2)));
        listener.onStart(3);
        assertThat(file()).hasContent("step,reward,eval/unscored\n1,0.5,\n2,0.25,0.0\n");
        listener.onStep(step(3, "reward", 0.125), List.of());
        assertThat(file()).hasContent("step,reward,eval/unscored\n1,0.5,\n2,0.25,0.0\n3,0.125,\n");
    }

    @Test
    void a_file_of_another_run_is_not_written_over() throws IOException {
        Files.writeString(file(), "mine");
        CsvMetrics listener = CsvMetrics.to(file());
        assertThatThrownBy(() -> listener.onStart(3))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(file() + " exists already; give each run its own file or move the old one away");
        assertThat(file()).hasContent("mine");
    }
}
