package dev.wst.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is put into a container: a process that is started, asked and told to end. */
class AskApplicationTest {
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
    private static final int END_BY_SIGTERM = 128 + 15;

    @TempDir
    private Path directory;

    @Test
    @DisabledOnOs(OS.WINDOWS) // has no SIGTERM
    void the_jar_answers_as_taught_and_ends_when_it_is_told_to() throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        Process app = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Xmx512m",
                        "-Djava.io.tmpdir=" + temporary,
                        "-jar",
                        System.getProperty("wst.app"),
                        "--server.port=0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(app, log) + "/ask"))
                                    .header("content-type", "text/plain")
                                    .POST(HttpRequest.BodyPublishers.ofString("Add the numbers: 3 5 4"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            // Untaught it guesses, without any work.
            assertThat(response.body()).matches(".+\\. answer: .+");
            assertThat(log).content().contains("TAUGHT after");
            app.destroy();
            assertThat(app.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(app.exitValue()).as(Files.readString(log)).isEqualTo(END_BY_SIGTERM);
            assertThat(log).content().contains("Graceful shutdown complete");
        } finally {
            app.destroyForcibly().waitFor();
        }
    }

    private static String port(Process app, Path log) throws IOException, InterruptedException {
        while (true) {
            Matcher started = STARTED.matcher(Files.readString(log));
            if (started.find()) {
                return started.group(1);
            }
            assertThat(app.isAlive()).as(Files.readString(log)).isTrue();
            Thread.sleep(100);
        }
    }
}
