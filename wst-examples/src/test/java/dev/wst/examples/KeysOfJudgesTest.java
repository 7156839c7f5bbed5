package dev.wst.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.wst.Answer;
import dev.wst.calls.CallLimits;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rewards.judge.Judge;
import dev.wst.rewards.judge.JudgeOptions;
import dev.wst.rewards.judge.Rubric;
import dev.wst.rewards.judge.RubricReward;
import dev.wst.rl.Grpo;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind whose judge throws its key. */
class KeysOfJudgesTest {
    private static final String KEY = "sk-proj-0123456789abcdefghij";

    @TempDir
    Path directory;

    /** A judge that has no HTTP client of ours. */
    private static final class Leaking implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            throw new IllegalStateException(
                    "refused: Bearer " + KEY, new IllegalStateException("incorrect API key provided: " + KEY));
        }
    }

    @Test
    void no_file_no_line_of_the_log_and_no_exception_shows_it() throws IOException {
        Path run = directory.resolve("run");
        Judge judge = Judge.of(new Leaking(), "leaking", ForkJoinPool.commonPool())
                .with(JudgeOptions.defaults().withLimits(CallLimits.defaults().withRetries(0)));
        PrintStream console = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        Throwable failure;
        try (TransformerTeacher teacher = EmbeddedPair.teacher(1)) {
            WstTrainer trainer = WstTrainer.builder()
                    .teacher(teacher)
                    .student(advice -> Answer.of("d c b a"))
                    .rewardFrom(accounts -> RubricReward.of(judge.with(accounts), Rubric.of("The answer is polite.")))
                    .tasks(EmbeddedPair.training(4, 1))
                    .algorithm(Grpo.defaults())
                    .batch(2)
                    .samples(2)
                    .steps(1)
                    .outageLimit(Duration.ZERO)
                    .runDirectory(run)
                    .build();
            failure = catchThrowable(trainer::fit);
        } finally {
            System.setErr(console);
        }
        assertThat(failure).hasMessageContaining("refused: Bearer [secret]");
        assertThat(Throwables.getStackTraceAsString(failure)).doesNotContain(KEY);
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(KEY);
        List<Path> files;
        try (Stream<Path> all = Files.walk(run)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files.stream().map(file -> file.getFileName().toString()))
                .contains("rollouts.jsonl", "answers.sqlite", "report.json");
        assertThat(Files.readString(run.resolve("rollouts.jsonl"))).contains("refused: Bearer [secret]");
        for (Path file : files) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as("%s", file)
                    .doesNotContain(KEY);
        }
    }
}
