package dev.wst.rewards.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.rewards.data.TaskRecorder.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TaskRecorderTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void prepare() {
        file = directory.resolve("traffic.jsonl");
    }

    private TaskRecorder.Builder builder() {
        return TaskRecorder.builder(file).redactedBy(text -> text);
    }

    private static void asks(TaskRecorder recorder, String responseId, ChatMessage... messages) {
        recorder.onResponse(new ChatModelResponseContext(
                ChatResponse.builder()
                        .id(responseId)
                        .aiMessage(AiMessage.from("An answer to ann@example.org."))
                        .build(),
                ChatRequest.builder().messages(messages).build(),
                ModelProvider.OTHER,
                Map.of()));
    }

    private static void asks(TaskRecorder recorder, String responseId, String question) {
        asks(recorder, responseId, UserMessage.from(question));
    }

    private List<String> prompts() {
        return TaskFile.read(file).stream().map(Task::prompt).toList();
    }

    @Test
    void questions_become_tasks_that_training_reads() {
        try (TaskRecorder recorder = builder().build()) {
            asks(recorder, "r1", SystemMessage.from("Be brief."), UserMessage.from(" How much is 6 x 7?\n"));
            asks(
                    recorder,
                    "r2",
                    UserMessage.from("Hello"),
                    AiMessage.from("Hello!"),
                    UserMessage.from("Caf\u00e9 \"auf\" {deutsch}\nund \ud83d\ude00?"));
        }
        List<Task> tasks = TaskFile.read(file);
        assertThat(tasks)
                .extracting(Task::prompt)
                .containsExactly("How much is 6 x 7?", "Caf\u00e9 \"auf\" {deutsch}\nund \ud83d\ude00?");
        assertThat(tasks.get(0).id())
                .matches("[0-9a-f]{16}")
                .isNotEqualTo(tasks.get(1).id());
        assertThat(tasks.get(0).reference()).isEmpty();
        assertThat(tasks.get(0).attributes()).isEqualTo(Map.of("turns", "1", "response_id", "r1"));
        assertThat(tasks.get(1).attributes()).containsEntry("turns", "2");
    }

    @Test
    void a_question_is_recorded_once_also_after_a_restart() {
        try (TaskRecorder recorder = builder().build()) {
            asks(recorder, "r1", "one");
            asks(recorder, "r2", " one ");
            assertThat(recorder.counts()).containsEntry(Outcome.RECORDED, 1L).containsEntry(Outcome.REPEATED, 1L);
        }
        try (TaskRecorder recorder = builder().build()) {
            asks(recorder, "r3", "one");
            asks(recorder, "r4", "two");
            assertThat(recorder.counts()).containsEntry(Outcome.RECORDED, 1L).containsEntry(Outcome.REPEATED, 1L);
        }
        assertThat(prompts()).containsExactly("one", "two");
    }

    @Test
    void feedback_that_comes_later_stands_with_its_question() {
        try (TaskRecorder recorder = builder().build()) {
            asks(recorder, "r1", "\u00e9 one");
            asks(recorder, "r2", "two");
            asks(recorder, "r3", "\u00e9 one");
            recorder.feedback("r2", 1);
            recorder.feedback("r3", 0.12345678901234566);
            recorder.feedback("r1", 0.5);
            recorder.feedback("r9", 1);
            assertThat(recorder.counts())
                    .containsEntry(Outcome.FEEDBACK, 3L)
                    .containsEntry(Outcome.FEEDBACK_UNKNOWN, 1L);
            assertThatThrownBy(() -> recorder.feedback("r1", -1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("feedback goes from 0 to 1, got -1.0");
        }
        assertThat(TaskFile.read(file))
                .extracting(task -> task.attributes().get("feedback"))
                .containsExactly("0.5", "1.0");
        try (TaskRecorder recorder = builder().build()) {
            recorder.feedback("r1", 0);
            recorder.feedback("r3", 1);
            assertThat(recorder.counts())
                    .containsEntry(Outcome.FEEDBACK, 1L)
                    .containsEntry(Outcome.FEEDBACK_UNKNOWN, 1L);
        }
        assertThat(TaskFile.read(file))
                .extracting(task -> task.attributes().get("feedback"))
                .containsExactly("0.0", "1.0");
    }

    @Test
    void nothing_is_written_before_it_is_redacted() throws IOException {
        try (TaskRecorder recorder = TaskRecorder.builder(file)
                .redactedBy(TaskRecorder.hashing("key", TaskRecorder.MAIL_ADDRESS, Pattern.compile("\\d{4,}")))
                .withAnswers()
                .build()) {
            asks(recorder, "r1", "Write to ann@example.org about 123456.");
            asks(recorder, "r2", "Write to bob@example.org about 12.");
        }
        assertThat(Files.readString(file)).doesNotContain("ann", "bob", "123456");
        List<Task> tasks = TaskFile.read(file);
        assertThat(tasks.get(0).prompt()).matches("Write to [0-9a-f]{8} about [0-9a-f]{8}\\.");
        String ann = tasks.get(0).prompt().substring(9, 17);
        assertThat(tasks.get(1).prompt()).endsWith(" about 12.").doesNotContain(ann);
        assertThat(tasks.get(0).attributes().get("given")).isEqualTo("An answer to " + ann + ".");
        assertThat(TaskRecorder.hashing("other", TaskRecorder.MAIL_ADDRESS).apply("ann@example.org."))
                .isNotEqualTo(
                        TaskRecorder.hashing("key", TaskRecorder.MAIL_ADDRESS).apply("ann@example.org."));
        assertThatThrownBy(() -> TaskRecorder.hashing(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hashing needs a secret key, got an empty one");
    }

    @Test
    void a_share_is_drawn_by_the_question() {
        try (TaskRecorder recorder = builder().rate(0.2, new Seed(3)).build()) {
            for (int i = 0; i < 2000; i++) {
                asks(recorder, "r" + i, "question " + i % 1000);
            }
            long recorded = Objects.requireNonNull(recorder.counts().get(Outcome.RECORDED));
            assertThat(recorded).isBetween(150L, 250L);
            assertThat(recorder.counts())
                    .containsEntry(Outcome.REPEATED, recorded)
                    .containsEntry(Outcome.NOT_DRAWN, 2000 - 2 * recorded);
        }
    }

    @Test
    void a_request_that_ends_with_no_text_of_a_user_is_no_question() {
        try (TaskRecorder recorder = builder().build()) {
            asks(recorder, "r1", SystemMessage.from("Be brief."));
            asks(
                    recorder,
                    "r2",
                    UserMessage.from(TextContent.from("This?"), ImageContent.from("http://localhost/a.png")));
            asks(recorder, "r3", "  \n");
            assertThat(recorder.counts()).containsEntry(Outcome.NO_QUESTION, 3L);
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    void the_file_does_not_grow_beyond_its_bound() {
        try (TaskRecorder recorder = builder().mostBytes(500).build()) {
            for (int i = 0; i < 20; i++) {
                asks(recorder, "r" + i, "question " + i);
            }
            assertThat(recorder.counts()).containsEntry(Outcome.RECORDED, 4L).containsEntry(Outcome.FILE_FULL, 16L);
        }
        assertThat(file.toFile().length()).isLessThanOrEqualTo(500);
        assertThat(prompts()).hasSize(4);
    }

    @Test
    void many_threads_lose_nothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (TaskRecorder recorder = builder().build()) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int number = thread;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        asks(recorder, "r" + number + "-" + i, "question " + (i + 50 * number));
                        recorder.feedback("r" + number + "-" + i, 1);
                        if (i == 100) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            assertThat(recorder.counts())
                    .containsEntry(Outcome.RECORDED, 550L)
                    .containsEntry(Outcome.REPEATED, 1050L)
                    .containsEntry(Outcome.FEEDBACK, 1600L);
        } finally {
            threads.shutdown();
        }
        assertThat(TaskFile.read(file))
                .hasSize(550)
                .allSatisfy(task -> assertThat(task.attributes()).containsEntry("feedback", "1.0"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_full_disk_and_a_failing_redaction_are_counted_and_no_calls_trouble() {
        file = Path.of("/dev/full");
        try (TaskRecorder recorder = TaskRecorder.builder(file)
                .redactedBy(text -> {
                    if (text.equals("bad")) {
                        throw new IllegalStateException("no");
                    }
                    if (text.equals("deep")) {
                        throw new StackOverflowError();
                    }
                    return text;
                })
                .build()) {
            asks(recorder, "r1", "one");
            asks(recorder, "r2", "bad");
            asks(recorder, "r3", "deep");
            recorder.feedback("r1", 1);
            assertThat(recorder.counts()).containsEntry(Outcome.FAILED, 3L).containsEntry(Outcome.FEEDBACK_UNKNOWN, 1L);
        }
    }

    @Test
    void what_a_dying_process_left_of_a_line_is_written_over() throws IOException {
        try (TaskRecorder recorder = builder().build()) {
            asks(recorder, "r1", "one");
        }
        Files.writeString(file, "{\"id\":\"x\",\"quest", StandardOpenOption.APPEND);
        try (TaskRecorder recorder = builder().build()) {
            asks(recorder, "r2", "two");
        }
        assertThat(prompts()).containsExactly("one", "two");
    }

    /** A process of its own: says whether nobody has locked a file. */
    static final class LockProbe {
        private LockProbe() {}

        public static void main(String[] args) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                System.out.print(channel.tryLock() != null);
            }
        }
    }

    @Test
    void another_process_is_kept_out_too() throws IOException {
        try (TaskRecorder recorder = builder().build()) {
            asks(recorder, "r1", "one");
        }
        try (TaskRecorder recorder = builder().build()) {
            asks(recorder, "r2", "two");
            assertThatThrownBy(() -> builder().build()).isInstanceOf(TaskFileException.class);
            Process probe = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            LockProbe.class.getName(),
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("false");
        }
    }

    @Test
    void another_file_and_another_recorder_are_refused() throws IOException {
        try (TaskRecorder recorder = builder().build()) {
            asks(recorder, "r1", "one");
            assertThatThrownBy(() -> builder().build())
                    .isInstanceOf(TaskFileException.class)
                    .hasMessage(file + ": is being written by another recorder; give each a file of its own");
        }
        String task = "{\"question\": \"one\", \"answer\": \"1\"}\n";
        Files.writeString(file, task);
        assertThatThrownBy(() -> builder().build())
                .isInstanceOf(TaskFileException.class)
                .hasMessage(file + ":1: not written by a recorder; choose another file");
        assertThat(file).hasContent(task);
        Path nowhere = directory.resolve("absent").resolve("traffic.jsonl");
        assertThatThrownBy(() ->
                        TaskRecorder.builder(nowhere).redactedBy(text -> text).build())
                .isInstanceOf(TaskFileException.class)
                .hasMessage(nowhere + ": cannot be opened: java.io.FileNotFoundException: " + nowhere
                        + " (No such file or directory)");
    }

    @Test
    void what_cannot_be_meant_is_refused() {
        assertThatThrownBy(() -> TaskRecorder.builder(file).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "a recorder must be told how to redact: redactedBy(TaskRecorder.hashing(...)), a function of"
                                + " yours, or text -> text where nothing needs it");
        assertThatThrownBy(() -> builder().rate(0, new Seed(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the rate is a share above 0 and at most 1, got 0.0");
        assertThatThrownBy(() -> builder().mostBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the file needs some bytes, got 0");
        assertThat(file).doesNotExist();
    }
}
