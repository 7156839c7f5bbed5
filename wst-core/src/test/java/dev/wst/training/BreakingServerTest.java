package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.wst.Reward;
import dev.wst.TrainingReport;
import dev.wst.UnavailableException;
import dev.wst.student.BreakingServer;
import dev.wst.student.BreakingServer.Break;
import dev.wst.student.LangChain4jStudent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training against a server that dies while it answers. */
@Timeout(60)
class BreakingServerTest {
    @TempDir
    Path directory;

    private final Fixtures.TableTeacher teacher = new Fixtures.TableTeacher();
    private final List<Duration> pauses = new ArrayList<>();

    private WstTrainer trainer(BreakingServer server) {
        return Fixtures.trainer(teacher, directory.resolve("run"))
                .student(LangChain4jStudent.of(OpenAiChatModel.builder()
                        .baseUrl(server.url())
                        .apiKey("none")
                        .modelName("small")
                        .maxRetries(0)
                        .build()))
                .reward(attempt -> Reward.of(attempt.instruction().text().length() % 2))
                .outageLimit(Duration.ofMinutes(5))
                .pauses(pauses::add)
                .steps(2)
                .build();
    }

    @Test
    void every_rollout_is_scored_though_each_third_answer_breaks_off() throws IOException {
        try (BreakingServer server =
                new BreakingServer(request -> request % 3 == 2 ? Optional.of(Break.NOTHING) : Optional.empty())) {
            TrainingReport report = trainer(server).fit();
            assertThat(report.steps())
                    .hasSize(2)
                    .allSatisfy(step -> assertThat(step.values())
                            .containsEntry("rollouts/unscored", 0.0)
                            .containsEntry("rollouts/failed_answers", 0.0));
            assertThat(pauses).isNotEmpty();
        }
    }

    @Test
    void a_server_that_breaks_every_answer_off_ends_the_run_within_the_bound() throws IOException {
        try (BreakingServer server =
                new BreakingServer(request -> request > 0 ? Optional.of(Break.HALF_OF_THE_BODY) : Optional.empty())) {
            assertThatThrownBy(() -> trainer(server).fit())
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("none of the 16 rollouts of step 1")
                    .hasMessageContaining("BROKEN_OFF");
            assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                    .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(5));
        }
    }
}
