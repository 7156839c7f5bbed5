package dev.wst.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rewards.junit.TaughtScore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What an app has among its tests: its teacher helps, by answers that were recorded. The adapter is that of
 * {@code quickstart --algorithm grpo --steps 120}.
 */
class EmbeddedPairScoreTest {
    private static final Path RESOURCES = Path.of("src/test/resources/taught-score");

    @RegisterExtension
    static final TaughtScore SCORE = TaughtScore.of(EmbeddedPair.teacherFiles(), RESOURCES.resolve("adapter"))
            .tasks(EmbeddedPair.heldOut(200, 7))
            .student(EmbeddedPair.student(EmbeddedPair.studentModel()))
            .reward(EmbeddedPair.reward())
            .answers(RESOURCES.resolve("answers.sqlite"))
            .atLeast(0.9)
            .betterThanAlone()
            .harmAtMost(0.02)
            .build();

    @Test
    void the_teacher_still_helps(TaughtScore.Result result) {
        assertThat(result.gain().low()).isGreaterThan(0.5);
    }
}
