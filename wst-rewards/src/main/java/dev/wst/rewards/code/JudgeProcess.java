package dev.wst.rewards.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.rewards.code.CodeVerdict.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Starts a judge process for each submission, hands it the order and reads its verdict. */
final class JudgeProcess {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String WIRE = Script.read("wire.py");
    private static final String JUDGE = WIRE + Script.read("judge.py");
    private static final String CELL =
            WIRE + Script.read("calls.py") + Script.read("barriers.py") + Script.read("cell.py");
    // Strings hash alike in every run, so that a program which lists a set gives the same list each time.
    private static final Map<String, String> ENVIRONMENT = Map.of("PYTHONHASHSEED", "0");
    private static final int RANDOM_SEED = 0;
    /** Bytes that a byte of a reply can take once it is read: an empty list, twice. */
    private static final int UNPACKED = 32;

    private final String python;
    private final List<String> launcher;
    private final Limits limits;
    private final Set<Barrier> required;

    JudgeProcess(String python, List<String> launcher, Limits limits, Set<Barrier> required) {
        this.python = python;
        this.launcher = launcher;
        this.limits = limits;
        this.required = required;
    }

    /** A verdict and the barriers that were in force. */
    record Run(CodeVerdict verdict, Set<Barrier> barriers) {}

    /**
     * Tries a program. Where that gives no verdict it is tried once more: a machine that stalls lets the time to start pass,
     * which is nobody's fault.
     */
    Run execute(Submission submission) {
        Run run = once(submission);
        return run.verdict().outcome() == Outcome.NOT_RUN ? once(submission) : run;
    }

    private Run once(Submission submission) {
        try (Scratch scratch = Scratch.create()) {
            // The nonce marks what the judge says. It decides nothing else, so no run depends on it.
            String nonce = UUID.randomUUID().toString();
            Path cell = Files.createDirectory(scratch.directory().resolve("scratch"));
            String said = converse(order(submission, nonce, cell), scratch.directory());
            return read(said, nonce);
        } catch (IOException e) {
            return notRun("the judge cannot be started: " + e.getMessage());
        }
    }

    private String converse(byte[] order, Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(python, "-s", "-S", "-B", "-c", JUDGE)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        try (Watch watch = Watch.over(process, START.plus(limits.wallClock()).plus(GRACE))) {
            try (OutputStream in = process.getOutputStream()) {
                in.write(order);
            } catch (IOException e) {
                return ""; // it died before it had read its order: no verdict
            }
            watch.await();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private byte[] order(Submission submission, String nonce, Path scratch) throws JsonProcessingException {
        ObjectNode order = MAPPER.createObjectNode();
        order.put("nonce", nonce)
                .put("program", submission.program())
                .put("entry_point", submission.entryPoint())
                .put("support", submission.support())
                .put("tests", submission.tests())
                .put("cell", CELL)
                .put("seed", RANDOM_SEED)
                .put("start_seconds", START.toSeconds())
                .put("wall_seconds", limits.wallClock().toMillis() / 1e3)
                .put("reply_bytes", limits.replyBytes())
                .put("tests_bytes", limits.memoryBytes() + (long) UNPACKED * limits.replyBytes());
        launcher.forEach(order.putArray("launcher")::add);
        required.stream().map(Barrier::name).forEach(order.putArray("required")::add);
        order.putObject("barriers")
                .put("namespaces", !launcher.isEmpty())
                .put("scratch", scratch.toString())
                .put("scratch_bytes", limits.scratchBytes())
                .put("cpu_seconds", limits.cpu().toSeconds())
                .put("memory_bytes", limits.memoryBytes());
        return MAPPER.writeValueAsBytes(order);
    }

    private static Run read(String said, String nonce) throws JsonProcessingException {
        Set<Barrier> up = EnumSet.noneOf(Barrier.class);
        boolean begun = false;
        for (String line : said.lines().toList()) {
            JsonNode node = MAPPER.readTree(line);
            if (!node.path("nonce").asText().equals(nonce)) {
                continue;
            }
            node.path("up").forEach(barrier -> up.add(Barrier.valueOf(barrier.asText())));
            if (node.has("outcome")) {
                return new Run(verdict(node), Collections.unmodifiableSet(up));
            }
            begun = true;
        }
        // Once the candidate runs, a judge that ends without a word was killed by it.
        return begun
                ? new Run(new CodeVerdict(Outcome.DIED, 0, 0, "the judge ended without a verdict"), Set.of())
                : notRun("the judge did not start");
    }

    private static CodeVerdict verdict(JsonNode node) {
        Outcome outcome = Outcome.valueOf(node.path("outcome").asText());
        int total = node.path("total").asInt();
        if (outcome == Outcome.PASSED && total == 0) {
            throw new NoChecksException();
        }
        return new CodeVerdict(
                outcome, node.path("passed").asInt(), total, node.path("detail").asText());
    }

    private static Run notRun(String reason) {
        return new Run(CodeVerdict.notRun(reason), Set.of());
    }

    @Override
    public String toString() {
        return python + ", " + limits;
    }
}
