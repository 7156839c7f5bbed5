package dev.wst.examples.cli;

import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rewards.data.TaskFile;
import dev.wst.rewards.math.MathReward;
import dev.wst.rewards.text.LabelReward;
import dev.wst.rewards.text.MatchReward;
import dev.wst.rewards.text.SimilarityReward;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which questions, and what counts as right. */
final class TaskOptions {
    private static final String EMBEDDED = "embedded";
    private static final String LABELS = "labels:";

    @Option(
            names = "--tasks",
            required = true,
            paramLabel = "embedded|FILE.jsonl|DIR",
            description =
                    "the embedded pair's questions, JSON lines with question and answer, GSM8K or MATH as published")
    private String tasks = "";

    @Option(
            names = "--reward",
            required = true,
            paramLabel = "embedded|exact|contained|f1|gsm8k|math|labels:A,B",
            description =
                    "embedded: as the pair needs it; exact: the answer is the reference; contained: it contains it;"
                            + " f1: the share of words in common; gsm8k, math: the number or formula it ends with is"
                            + " equal; labels: it contains the right one of these and no other, and an instruction that names exactly one"
                            + " earns nothing")
    private String reward = "";

    List<Task> training(long seed) {
        return tasks.equals(EMBEDDED) ? EmbeddedPair.training(1000, seed) : TaskFile.read(Path.of(tasks));
    }

    List<Task> heldOut() {
        return heldOut(tasks);
    }

    static List<Task> heldOut(String where) {
        return where.equals(EMBEDDED) ? EmbeddedPair.heldOut(200, 7) : TaskFile.read(Path.of(where));
    }

    RewardFunction reward() {
        return reward(reward);
    }

    static RewardFunction reward(String reward) {
        if (reward.startsWith(LABELS)) {
            return LabelReward.of(reward.substring(LABELS.length()).split(",", -1));
        }
        return switch (reward) {
            case EMBEDDED -> EmbeddedPair.reward();
            case "exact" -> MatchReward.exact();
            case "contained" -> MatchReward.contained();
            case "f1" -> SimilarityReward.tokenF1();
            case "gsm8k" -> MathReward.gsm8k();
            case "math" -> MathReward.math();
            default ->
                throw new IllegalArgumentException(
                        "--reward must be embedded, exact, contained, f1, gsm8k, math or labels:A,B..., got " + reward);
        };
    }
}
