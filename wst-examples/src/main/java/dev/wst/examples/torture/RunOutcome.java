package dev.wst.examples.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What must be equal in two run directories that hold the same run. */
final class RunOutcome {
    static final String METRICS = "metrics.jsonl";
    private static final List<String> FILES =
            List.of("rollouts.jsonl", "adapter/adapter_model.safetensors", "adapter/adapter_config.json");

    private RunOutcome() {}

    /** The names of the files that differ. */
    static List<String> differing(Path expected, Path found) throws IOException {
        List<String> differing = new ArrayList<>();
        for (String name : FILES) {
            if (Files.mismatch(expected.resolve(name), found.resolve(name)) >= 0) {
                differing.add(name);
            }
        }
        if (!metrics(expected).equals(metrics(found))) {
            differing.add(METRICS);
        }
        return differing;
    }

    /** Without times, cost and kept answers, which differ and stand last in a line. */
    private static List<String> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve(METRICS)).stream()
                .map(line -> line.replaceFirst(",\"step_time\":.*", "}"))
                .toList();
    }
}
