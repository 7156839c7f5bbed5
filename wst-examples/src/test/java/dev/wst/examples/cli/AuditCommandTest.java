package dev.wst.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.StudentClient;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rewards.Rewards;
import dev.wst.rewards.text.MatchReward;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TransformerTeacher;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a build server learns of real runs of the embedded pair. */
class AuditCommandTest {
    @TempDir
    Path directory;

    private Path run(RewardFunction reward, int steps) {
        Path run = directory.resolve("run");
        try (TransformerTeacher teacher = EmbeddedPair.teacher(1);
                TransformerChatModel model = EmbeddedPair.studentModel()) {
            StudentClient student = EmbeddedPair.student(model);
            EmbeddedPair.run(teacher, student)
                    .reward(reward)
                    .tasks(EmbeddedPair.training(40, 1))
                    .algorithm(EmbeddedPair.grpo())
                    .batch(2)
                    .samples(2)
                    .steps(steps)
                    .runDirectory(run)
                    .build()
                    .fit();
        }
        return run;
    }

    private static int audit(Path run, ByteArrayOutputStream printed) {
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            return new CommandLine(new AuditCommand()).execute(run.toString());
        } finally {
            System.setOut(before);
        }
    }

    private static void assertAudit(Path run, int code, String text) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(audit(run, printed)).isEqualTo(code);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains(text);
    }

    @Test
    void a_run_with_nothing_wrong() {
        assertAudit(run(EmbeddedPair.reward(), 2), 0, "2 steps: nothing found");
    }

    @Test
    void a_run_that_cannot_learn() {
        assertAudit(run(attempt -> Reward.of(0), 10), 3, "10 steps: 1 found\n  NO LEARNING: no-signal, steps 1 to 10");
    }

    @Test
    void a_run_that_cheats() {
        RewardFunction guarded = attempt -> Reward.of(attempt.sample(), Map.of("guard_answer_leak", 1.0));
        assertAudit(run(guarded, 10), 4, "  CHEATING: answer-leak, steps 1 to 10: instructions give the answer away");
    }

    @Test
    void a_part_that_weighs_most_and_is_never_earned() {
        RewardFunction reward = Rewards.sum()
                .add("right", MatchReward.exact().after("never said:"))
                .add("worded", attempt -> Reward.of(attempt.instruction().text().length() % 2));
        assertAudit(run(reward, 20), 0, "warning: dominant-part, steps 1 to 20: one part of the reward decides alone");
    }
}
