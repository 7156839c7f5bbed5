package dev.wst.examples.cli;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.examples.serve.ChatEndpoint;
import dev.wst.examples.serve.EndpointOptions;
import dev.wst.examples.serve.ServedModel;
import dev.wst.serving.ServedTeacher;
import dev.wst.serving.TaughtChatModel;
import dev.wst.serving.TaughtStreamingChatModel;
import dev.wst.serving.Teaching;
import dev.wst.student.LangChain4jStudent;
import dev.wst.student.TransformerChatModel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves a student with its teacher to clients of OpenAI's protocol. */
@Command(
        name = "serve",
        description =
                "Serves a taught student at an address that clients of OpenAI's chat completions take as their base URL: every"
                        + " request goes to the student with the teacher's instruction.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    private static final String EMBEDDED = "embedded";
    private static final String KEY = "--key-variable";
    /**
     * Seconds after which the JDK's server closes a connection whose request has not arrived, its head included; read once in a
     * process. The endpoint bounds bodies itself, and tells their clients, so that this comes later.
     */
    private static final String ARRIVAL = "sun.net.httpserver.maxReqTime";

    private static final int LATER = 2;

    @Option(
            names = "--teacher",
            required = true,
            paramLabel = "embedded|FILE.gguf|DIR",
            description = "the base model that the adapter was trained on")
    private String teacher = "";

    @Option(
            names = "--adapter",
            required = true,
            description = "directory of what was learned: adapter, in that of a run")
    private Path adapter = Path.of("");

    @Option(names = "--tokens", description = "longest instruction; default ${DEFAULT-VALUE}")
    private int tokens = 64;

    @Option(
            names = "--precision",
            paramLabel = "FP32|BF16|INT8",
            description = "of the teacher's weights; the faster of FP32 and BF16 here unless given")
    private Optional<Precision> precision = Optional.empty();

    @Option(
            names = "--student",
            required = true,
            paramLabel = AskingOptions.PLACES,
            description = "who answers: the embedded student, a model's file or directory, or an OpenAI-compatible URL")
    private String student = "";

    @Option(names = "--model", description = "the student's name at the URL")
    private Optional<String> model = Optional.empty();

    @Option(names = KEY, description = "environment variable with the key for the URL; default " + KeyVariable.USUAL)
    private Optional<String> keyVariable = Optional.empty();

    @Option(names = "--placement", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private LangChain4jStudent.Placement placement = LangChain4jStudent.Placement.SYSTEM;

    @Option(
            names = "--within",
            paramLabel = "MS",
            description = "milliseconds that a request waits for its instruction before it goes without; default"
                    + " ${DEFAULT-VALUE}")
    private int within = 5000;

    @Option(names = "--name", description = "of the model that clients ask for; default ${DEFAULT-VALUE}")
    private String name = "taught";

    @Option(names = "--port", description = "default ${DEFAULT-VALUE}; 0 for any that is free")
    private int port = 8080;

    @Option(
            names = "--host",
            description = "address to listen on; the loopback address unless given, and others reach everybody on the"
                    + " network")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--client-key-variable",
            description = "environment variable with a key that clients must send; none unless given")
    private Optional<String> clientKey = Optional.empty();

    @Option(names = "--most", description = "requests answered at once; default ${DEFAULT-VALUE}")
    private int most = 64;

    @Option(names = "--timeout", description = "seconds for an answer; default ${DEFAULT-VALUE}")
    private int timeout = 300;

    @Override
    public Integer call() throws InterruptedException {
        ServedTeacher.Builder builder = ServedTeacher.builder(TeacherOptions.files(teacher))
                .adapter(adapter)
                .sampling(Sampling.greedy(tokens));
        precision.ifPresent(builder::precision);
        EndpointOptions options = options();
        if (System.getProperty(ARRIVAL) == null) {
            System.setProperty(ARRIVAL, Long.toString((long) timeout + LATER));
        }
        try (Answering answering = answering();
                ServedTeacher served = builder.build();
                ChatEndpoint endpoint =
                        ChatEndpoint.start(answering.taught(name, teaching(served)), options, InstantSource.system())) {
            System.out.println("serving " + name + " at " + endpoint.url() + " (Ctrl-C ends it)");
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private Teaching teaching(ServedTeacher served) {
        return Teaching.builder(served)
                .placement(placement)
                .within(Duration.ofMillis(within))
                .build();
    }

    private EndpointOptions options() {
        EndpointOptions options =
                EndpointOptions.onLoopback(port).withMost(most).withTimeout(Duration.ofSeconds(timeout));
        if (host.isPresent()) {
            options = options.withAddress(address(host.get()));
        }
        if (clientKey.isPresent()) {
            String key = System.getenv(clientKey.get());
            if (key == null || key.isBlank()) {
                throw new IllegalArgumentException("--client-key-variable names " + clientKey.get()
                        + ", which is not set; put the key that clients must send into it");
            }
            options = options.withKey(key);
        }
        return options;
    }

    private static InetAddress address(String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--host must be an address of this machine, got " + name, e);
        }
    }

    /** Who answers, and what must be closed afterwards. */
    private record Answering(
            ChatModel model, Optional<StreamingChatModel> streaming, Optional<TransformerChatModel> local)
            implements AutoCloseable {
        ServedModel taught(String name, Teaching teaching) {
            return new ServedModel(
                    name,
                    TaughtChatModel.of(model, teaching),
                    streaming.map(parts -> TaughtStreamingChatModel.of(parts, teaching)));
        }

        @Override
        public void close() {
            local.ifPresent(TransformerChatModel::close);
        }
    }

    private Answering answering() {
        if (RemoteModel.isAt(student)) {
            return remote();
        }
        new Unheard().with("--model", model).with(KEY, keyVariable).refuseWithout("a student at a URL");
        TransformerChatModel local = student.equals(EMBEDDED)
                ? EmbeddedPair.studentModel()
                : TransformerChatModel.open(Path.of(student), Sampling.greedy(256));
        return new Answering(local, Optional.empty(), Optional.of(local));
    }

    /** Clients say how their answers are drawn. */
    private Answering remote() {
        String asked = model.orElseThrow(
                () -> new IllegalArgumentException("--student " + student + " needs --model, the model's name there"));
        String key = new KeyVariable(KEY, keyVariable).key();
        Duration time = Duration.ofSeconds(timeout);
        return new Answering(
                OpenAiChatModel.builder()
                        .baseUrl(student)
                        .apiKey(key)
                        .modelName(asked)
                        .timeout(time)
                        .build(),
                Optional.of(OpenAiStreamingChatModel.builder()
                        .baseUrl(student)
                        .apiKey(key)
                        .modelName(asked)
                        .timeout(time)
                        .build()),
                Optional.empty());
    }
}
