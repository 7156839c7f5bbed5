package dev.wst.examples.bench;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.wst.examples.serve.ChatEndpoint;
import dev.wst.examples.serve.EndpointOptions;
import dev.wst.examples.serve.ServedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the endpoint of {@code serve} adds to a request: its model answers at once. */
@Command(
        name = "endpoint",
        description = "Times requests over HTTP to a model that answers at once, by how many clients ask at once.",
        mixinStandardHelpOptions = true)
final class EndpointBench implements Callable<Integer> {
    private static final int OK = 200;
    private static final String ANSWER = "The answer is 42. ".repeat(20);
    private static final String BODY = """
            {"model": "taught", "messages": [{"role": "system", "content": "Be brief."},
             {"role": "user", "content": "%s"}], "stream": %s}
            """;

    @Option(names = "--clients", split = ",", description = "at once; default 1,8,64")
    private List<Integer> clients = List.of(1, 8, 64);

    @Option(
            names = "--seconds",
            description = "of each measurement, after as long to warm up; default ${DEFAULT-VALUE}")
    private int seconds = 5;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        ServedModel instant = new ServedModel("taught", new Instant(), Optional.empty());
        try (ChatEndpoint endpoint =
                ChatEndpoint.start(instant, EndpointOptions.onLoopback(0), InstantSource.system())) {
            for (int most : clients) {
                for (boolean streamed : new boolean[] {false, true}) {
                    measure(URI.create(endpoint.url() + "/chat/completions"), most, streamed);
                }
            }
        }
        return 0;
    }

    private void measure(URI address, int most, boolean streamed) throws InterruptedException, ExecutionException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY.formatted("What is 6 times 7? ".repeat(20), streamed)))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        Callable<Boolean> ask = () -> answered(client.send(request, HttpResponse.BodyHandlers.ofString()));
        Callers callers = new Callers(most, seconds);
        callers.time(ask);
        Callers.Times times = callers.time(ask);
        new Line("endpoint")
                .put("clients", most)
                .put("streamed", String.valueOf(streamed))
                .put("p50_ms", times.quantile(0.5))
                .put("p99_ms", times.quantile(0.99))
                .put("requests_per_second", (double) times.count() / seconds)
                .print();
    }

    private static boolean answered(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != OK || !response.body().contains("The answer is 42.")) {
            throw new IOException("the endpoint answered " + response.statusCode() + ": " + response.body());
        }
        return true;
    }

    private static final class Instant implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            return ChatResponse.builder().aiMessage(AiMessage.from(ANSWER)).build();
        }
    }
}
