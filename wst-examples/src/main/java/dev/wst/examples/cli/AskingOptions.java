package dev.wst.examples.cli;

import dev.langchain4j.model.chat.ChatModel;
import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.StudentClient;
import dev.wst.calls.CallLimits;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.student.LangChain4jStudent;
import dev.wst.student.TransformerChatModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How students are opened and asked, all alike but for the names of their models and keys. */
final class AskingOptions {
    /** Where a student is, in words for usage texts. */
    static final String PLACES = "embedded|FILE.gguf|DIR|URL";

    static final String EMBEDDED = "embedded";

    private static final String KEY = "--key-variable";
    private static final int TOKENS = 256;
    private static final int CALLS = 8;
    private static final int SECONDS = 120;

    @Option(
            names = "--model",
            paramLabel = "[NAME=]MODEL",
            description = "the model's name at the URL; with NAME= that of the student of this name alone")
    private List<String> models = List.of();

    @Option(
            names = KEY,
            paramLabel = "[NAME=]VARIABLE",
            description = "environment variable with the key for the URL, of all students or of one; default "
                    + KeyVariable.USUAL)
    private List<String> keyVariables = List.of();

    @Option(names = "--student-tokens", description = "longest answer; default " + TOKENS)
    private Optional<Integer> tokens = Optional.empty();

    @Option(names = "--student-temperature", description = "default ${DEFAULT-VALUE}: the likeliest answer")
    private double temperature;

    @Option(
            names = "--student-precision",
            paramLabel = "FP32|TF32|BF16|INT8",
            description = "of a local student's weights; the faster one here unless given")
    private Optional<Precision> precision = Optional.empty();

    @Option(names = "--placement", description = "${COMPLETION-CANDIDATES}; default SYSTEM")
    private Optional<LangChain4jStudent.Placement> placement = Optional.empty();

    @Option(names = "--calls", description = "most questions put to a URL at once; default " + CALLS)
    private Optional<Integer> calls = Optional.empty();

    @Option(names = "--timeout", description = "seconds for an answer of a URL; default " + SECONDS)
    private Optional<Integer> seconds = Optional.empty();

    @Option(
            names = "--retries",
            description = "tries after a URL's first failure that may pass, when the server wants to be asked; default"
                    + " ${DEFAULT-VALUE}")
    private int retries = 2;

    @Option(
            names = "--deadline",
            description = "seconds from a question's first failure in which it is tried again; 240 unless given")
    private Optional<Integer> deadline = Optional.empty();

    @Option(names = "--requests-per-minute", paramLabel = "N", description = "of a URL; no limit unless given")
    private Optional<Integer> requestsPerMinute = Optional.empty();

    @Option(names = "--tokens-per-minute", paramLabel = "N", description = "of a URL; no limit unless given")
    private Optional<Long> tokensPerMinute = Optional.empty();

    @Option(
            names = "--adaptive",
            description = "ask a URL fewer questions at once while it says that it is too many, and more again later")
    private boolean adaptive;

    /** A student and what must be closed after it. */
    record Open(StudentClient client, Optional<TransformerChatModel> model) implements AutoCloseable {
        @Override
        public void close() {
            model.ifPresent(TransformerChatModel::close);
        }
    }

    /** How a URL is asked. */
    CallLimits limits() {
        CallLimits limits = CallLimits.defaults()
                .withConcurrency(calls.orElse(CALLS))
                .withTimeout(Duration.ofSeconds(seconds.orElse(SECONDS)))
                .withRetries(retries);
        if (deadline.isPresent()) {
            limits = limits.withDeadline(Duration.ofSeconds(deadline.get()));
        }
        if (requestsPerMinute.isPresent()) {
            limits = limits.withRequestsPerMinute(requestsPerMinute.get());
        }
        if (tokensPerMinute.isPresent()) {
            limits = limits.withTokensPerMinute(tokensPerMinute.get());
        }
        return adaptive ? limits.withAdaptiveConcurrency() : limits;
    }

    /** Opens a student that has no name. */
    Open open(String place) {
        return open(Named.alone(place));
    }

    Open open(Named student) {
        String place = student.value();
        boolean remote = RemoteModel.isAt(place);
        if (precision.isPresent() && (place.equals(EMBEDDED) || remote)) {
            throw new IllegalArgumentException(
                    "--student-precision is for a student from a file; leave it out with --student " + place);
        }
        if (place.equals(EMBEDDED)) {
            if (temperature != 0) {
                throw new IllegalArgumentException(
                        "the embedded student gives its likeliest answer; leave out --student-temperature");
            }
            TransformerChatModel embedded = EmbeddedPair.studentModel();
            return new Open(EmbeddedPair.student(embedded), Optional.of(embedded));
        }
        if (remote) {
            return new Open(placed(remote(student)), Optional.empty());
        }
        TransformerChatModel.Builder builder = TransformerChatModel.builder(
                Path.of(place), Sampling.greedy(tokens.orElse(TOKENS)).withTemperature(temperature));
        precision.ifPresent(builder::precision);
        TransformerChatModel local = builder.build();
        return new Open(placed(local), Optional.of(local));
    }

    private StudentClient placed(ChatModel model) {
        return LangChain4jStudent.of(model).withPlacement(placement.orElse(LangChain4jStudent.Placement.SYSTEM));
    }

    private ChatModel remote(Named student) {
        String model = Named.of(models, student.name())
                .orElseThrow(() -> new IllegalArgumentException(
                        "--student " + student + " needs --model, the model's name there"));
        KeyVariable variable = new KeyVariable(KEY, Named.of(keyVariables, student.name()));
        return new RemoteModel(student.value(), model, variable, temperature, tokens.orElse(TOKENS), limits().timeout())
                .open();
    }

    /**
     * Refuses what none of these students would hear. Tries count for all: a search holds calls back for them.
     *
     * @param besideAnother whether a model at a URL is asked too, within the same limits
     */
    void check(List<Named> students, boolean besideAnother) {
        Named.requireKnown("--model", models, students);
        Named.requireKnown(KEY, keyVariables, students);
        List<Named> remote =
                students.stream().filter(one -> RemoteModel.isAt(one.value())).toList();
        boolean isCalled = besideAnother || !remote.isEmpty();
        if (students.stream().allMatch(one -> one.value().equals(EMBEDDED))) {
            new Unheard()
                    .with("--student-tokens", tokens)
                    .with("--placement", placement)
                    .refuseWithout("a student from a file or at a URL");
        }
        new Unheard()
                .with("--model", !areHeard(models, remote))
                .with(KEY, !areHeard(keyVariables, remote))
                .with("--calls", !isCalled && calls.isPresent())
                .with("--timeout", !isCalled && seconds.isPresent())
                .with("--deadline", !isCalled && deadline.isPresent())
                .with("--requests-per-minute", !isCalled && requestsPerMinute.isPresent())
                .with("--tokens-per-minute", !isCalled && tokensPerMinute.isPresent())
                .with("--adaptive", !isCalled && adaptive)
                .refuseWithout("a student at a URL");
    }

    /** Whether each of these values is for one of the students, or for all. */
    private static boolean areHeard(List<String> values, List<Named> students) {
        return values.stream()
                .map(Named::parse)
                .allMatch(value -> students.stream()
                        .anyMatch(one -> value.name().isEmpty() || value.name().equals(one.name())));
    }
}
