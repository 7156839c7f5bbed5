package dev.wst.examples.cli;

import dev.wst.Task;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rewards.data.TaskFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which questions. */
final class TaskOptions {
    private static final String EMBEDDED = "embedded";

    @Option(
            names = "--tasks",
            required = true,
            paramLabel = "embedded|FILE.jsonl|DIR",
            description =
                    "the embedded pair's questions, JSON lines with question and answer, GSM8K or MATH as published")
    private String tasks = "";

    boolean isEmbedded() {
        return isEmbedded(tasks);
    }

    /** Whether they are made, by a seed, and not read. */
    static boolean isEmbedded(String where) {
        return where.equals(EMBEDDED);
    }

    List<Task> training(long seed) {
        return training(tasks, seed);
    }

    static List<Task> training(String where, long seed) {
        return where.equals(EMBEDDED) ? EmbeddedPair.training(1000, seed) : TaskFile.read(Path.of(where));
    }

    List<Task> heldOut() {
        return heldOut(tasks);
    }

    static List<Task> heldOut(String where) {
        return where.equals(EMBEDDED) ? EmbeddedPair.heldOut(200, 7) : TaskFile.read(Path.of(where));
    }
}
