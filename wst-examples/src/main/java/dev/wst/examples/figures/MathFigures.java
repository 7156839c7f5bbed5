package dev.wst.examples.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The figures of the package {@code dev.wst.rewards.math}. */
@Command(
        name = "math",
        description = "Prints how well and how fast answers of mathematics are extracted and compared.",
        mixinStandardHelpOptions = true)
public final class MathFigures implements Callable<Integer> {
    @Option(
            names = "--shared",
            required = true,
            description = "directory with data/grader-cases, data/gsm8k and data/math500")
    private Path shared = Path.of("shared");

    @Option(names = "--cases", description = "another file of grader cases; only these are judged")
    private List<Path> cases = new ArrayList<>();

    @Option(
            names = "--fuzz",
            defaultValue = "0",
            description = "random and mutated inputs to try; nothing else is done")
    private long fuzz;

    @Option(names = "--seed", defaultValue = "17", description = "of the random inputs")
    private long seed = 17;

    /** Made by picocli. */
    public MathFigures() {}

    @Override
    public Integer call() throws IOException {
        Path data = shared.resolve("data");
        if (fuzz > 0) {
            return new MathFuzz(MathFuzz.seeds(texts(data)), seed).run(fuzz) == 0 ? 0 : 1;
        }
        if (!cases.isEmpty()) {
            boolean reached = true;
            for (Path file : cases) {
                reached &= new MathCases().print(file);
            }
            return reached ? 0 : 1;
        }
        MathGsm8k gsm8k = new MathGsm8k();
        boolean reached = new MathCases().print(data.resolve("grader-cases/dev.jsonl"));
        reached &= new MathPublicCases().print(data.resolve("grader-cases/public.jsonl"));
        reached &= gsm8k.printGolds(data.resolve("gsm8k"));
        reached &= gsm8k.printModels(data.resolve("gsm8k/example_model_solutions.jsonl"));
        reached &= new MathRates().print(data.resolve("gsm8k/test.jsonl"), data.resolve("math500/test.jsonl"));
        return reached ? 0 : 1;
    }

    private static List<String> texts(Path data) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<String> texts = new ArrayList<>();
        for (String line : Files.readAllLines(data.resolve("grader-cases/dev.jsonl"))) {
            JsonNode json = mapper.readTree(line);
            texts.add(json.get("gold").asText());
            texts.add(json.get("pred").asText());
        }
        for (String line : Files.readAllLines(data.resolve("math500/test.jsonl"))) {
            texts.add(mapper.readTree(line).get("answer").asText());
        }
        return texts;
    }

    /** Whether a reward scores a text as the answer to a reference. */
    static boolean accepts(RewardFunction reward, String gold, String text) {
        Attempt attempt = Attempt.of(Task.of("case", "?", gold), Instruction.none(), Answer.of(text));
        Reward scored = reward.score(attempt);
        return scored.isScored() && scored.value() == 1;
    }
}
