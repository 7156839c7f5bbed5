package dev.wst.examples.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.rewards.math.Equivalence;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How many comparisons a second one core does, and the longest that awkward inputs take. */
final class MathRates {
    private static final long SECONDS = 2;
    private static final double LEAST_GSM8K = 50_000;
    private static final double LEAST_MATH = 2_000;
    private static final long MOST_NANOS = 50_000_000;

    /** Returns whether both rates and the slowest input are as they should be. */
    boolean print(Path gsm8k, Path math) throws IOException {
        List<String> numbers = read(gsm8k, json -> json.get("answer").asText().replaceAll("(?s).*#### ", ""));
        double gsm8kRate = rate(numbers);
        System.out.printf("GSM8K answers: %,.0f comparisons a second%n", gsm8kRate);
        List<String> formulas = read(math, json -> json.get("answer").asText());
        double mathRate = rate(formulas);
        System.out.printf("MATH answers: %,.0f comparisons a second%n", mathRate);
        long slowest = 0;
        for (String awkward : awkward()) {
            long nanos = longest(awkward);
            slowest = Math.max(slowest, nanos);
        }
        System.out.printf("awkward inputs of 10 kB: slowest %.1f ms%n", slowest / 1e6);
        return gsm8kRate >= LEAST_GSM8K && mathRate >= LEAST_MATH && slowest <= MOST_NANOS;
    }

    private static List<String> read(Path file, Function<JsonNode, String> answer) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<String> answers = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            answers.add(answer.apply(mapper.readTree(line)));
        }
        return answers;
    }

    /** Half of the pairs are an answer and itself with spaces in it, half an answer and the next. */
    private static double rate(List<String> answers) {
        List<String> spaced =
                answers.stream().map(answer -> answer.replace("+", " + ")).toList();
        long calls = 0;
        double best = 0;
        for (int run = 0; run < 3; run++) {
            calls = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < SECONDS * 1_000_000_000L) {
                for (int i = 0; i < answers.size(); i++) {
                    Equivalence.standard().compare(answers.get(i), spaced.get(i));
                    Equivalence.standard().compare(answers.get(i), answers.get((i + 1) % answers.size()));
                }
                calls += 2L * answers.size();
            }
            best = Math.max(best, calls * 1e9 / (System.nanoTime() - start));
        }
        return best;
    }

    /** Processor time, so that a busy machine does not count. */
    private static long longest(String awkward) {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int run = 0; run < 5; run++) {
            long start = thread.getCurrentThreadCpuTime();
            Equivalence.standard().compare("\\frac{3}{4}", awkward);
            Equivalence.standard().compare(awkward, awkward + "+1");
            best = Math.min(best, (thread.getCurrentThreadCpuTime() - start) / 2);
        }
        return best;
    }

    private static List<String> awkward() {
        return List.of(
                "9^9^9^9",
                "9^".repeat(5000),
                "(".repeat(10_000),
                "{".repeat(5000) + "1" + "}".repeat(5000),
                "1,".repeat(5000),
                "x+".repeat(5000) + "1",
                "\\frac{1}{x+".repeat(800),
                "(x+1)".repeat(2000),
                "\\sqrt{2+".repeat(1000),
                "9".repeat(10_000),
                "\\sin ".repeat(2000) + "1",
                "\\sin(1)+".repeat(1000) + "1",
                "3000!*".repeat(1500) + "1",
                "2^{100000}*".repeat(900) + "1",
                "(a+b+c+d+e+f)^{40}",
                "\\sqrt{3}+\\sqrt{5}+\\ln(7)^x-".repeat(300) + "1",
                "$ ".repeat(5000),
                "\\boxed{".repeat(1400),
                "!".repeat(10_000),
                "-".repeat(10_000) + "1",
                "x_{1}=\\pm 1,".repeat(800),
                "\\pm ".repeat(2000) + "1",
                "\\begin{pmatrix}" + "1&2\\\\".repeat(1600) + "\\end{pmatrix}",
                "(0,1)\\cup".repeat(1000) + "(2,3)",
                "\u0661\u0662".repeat(5000));
    }
}
