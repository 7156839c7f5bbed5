package dev.wst.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.teacher.TransformerTeacher;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as its user meets it: a directory of a run, and a client. */
class ServeCommandTest {
    @TempDir
    Path directory;

    private Path adapter() {
        Path adapter = directory.resolve("adapter");
        try (TransformerTeacher teacher = EmbeddedPair.teacher(1)) {
            teacher.save(adapter);
        }
        return adapter;
    }

    @Test
    void a_client_is_answered_by_the_taught_student() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.out;
        CommandLine line = new CommandLine(new ServeCommand());
        // The interrupt that ends the test ends the command; picocli would print its trace otherwise.
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof InterruptedException) {
                return 1;
            }
            throw e;
        });
        Thread server = new Thread(() -> line.execute(
                "--teacher",
                "embedded",
                "--adapter",
                adapter().toString(),
                "--tokens",
                "8",
                "--student",
                "embedded",
                "--port",
                "0"));
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            server.start();
            String url = CompletableFuture.supplyAsync(() -> url(said)).get(60, TimeUnit.SECONDS);
            String answer = OpenAiChatModel.builder()
                    .baseUrl(url)
                    .apiKey("none")
                    .modelName("taught")
                    .maxRetries(0)
                    .timeout(Duration.ofSeconds(30))
                    .build()
                    .chat("3 + 4");
            assertThat(answer).isNotBlank();
        } finally {
            System.setOut(before);
            server.interrupt();
            server.join();
        }
    }

    private static String url(ByteArrayOutputStream said) {
        while (true) {
            String text = said.toString(StandardCharsets.UTF_8);
            int at = text.indexOf("http://");
            if (text.startsWith("serving taught at http://127.0.0.1:") && text.contains(" (Ctrl-C")) {
                return text.substring(at, text.indexOf(" (Ctrl-C"));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void a_key_that_is_not_set_is_refused_before_anything_is_loaded() {
        CommandLine line = new CommandLine(new ServeCommand());
        StringBuilder error = new StringBuilder();
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            error.append(e.getMessage());
            return 1;
        });
        int code = line.execute(
                "--teacher",
                "embedded",
                "--adapter",
                directory.resolve("missing").toString(),
                "--student",
                "embedded",
                "--client-key-variable",
                "NO_SUCH_KEY_IS_SET");
        assertThat(code).isEqualTo(1);
        assertThat(error.toString())
                .isEqualTo(
                        "--client-key-variable names NO_SUCH_KEY_IS_SET, which is not set; put the key that clients must"
                                + " send into it");
    }
}
