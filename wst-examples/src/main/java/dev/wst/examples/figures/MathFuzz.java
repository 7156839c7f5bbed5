package dev.wst.examples.figures;

import dev.wst.rewards.math.AnswerExtractor;
import dev.wst.rewards.math.Candidates;
import dev.wst.rewards.math.Equivalence;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random and mutated answers through extractor and comparison: counts exceptions and finds the slowest. */
final class MathFuzz {
    private static final List<String> PIECES = List.of(
            "1",
            "2",
            "0",
            "-",
            "+",
            "*",
            "/",
            "^",
            "_",
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "\\{",
            "\\}",
            ",",
            ";",
            "=",
            "<",
            ">",
            "\\frac",
            "\\sqrt",
            "\\pi",
            "\\pm",
            "\\le",
            "\\ge",
            "\\in",
            "\\cup",
            "\\infty",
            "\\boxed{",
            "\\text{",
            " and ",
            "x",
            "y",
            "e",
            "i",
            "n",
            "sin",
            "\\sin",
            "\\ln",
            "\\log_",
            "!",
            "%",
            "^\\circ",
            "\\%",
            "$",
            "\\(",
            "\\)",
            ".",
            "1,234",
            "0.5",
            "3.14159",
            "1e9",
            "\\begin{pmatrix}",
            "\\end{pmatrix}",
            "&",
            "\\\\",
            "####",
            "the answer is ",
            "<think>",
            "</think>",
            "<answer>",
            "</answer>",
            " ",
            "\n",
            "\\binom",
            "|",
            "\u2212",
            "\u0663",
            "\uD835\uDFCF",
            "\u221A",
            "\u00BD",
            "cm",
            " apples",
            "million",
            ":",
            "\\ne",
            "\\setminus",
            "\\left(",
            "\\right]",
            "\\overline{",
            "99999",
            "x_1",
            "f(x)",
            "\u0000",
            "\uD800",
            "\\",
            "'",
            "\\cdot",
            "\u00B2",
            "\u6700",
            "\\text{ or }",
            "10^",
            "\\mathbb{R}");

    private final SplittableRandom random;
    private final List<String> seeds;

    MathFuzz(List<String> seeds, long seed) {
        this.seeds = seeds;
        this.random = new SplittableRandom(seed);
    }

    /** Returns the number of exceptions. */
    long run(long inputs) {
        long exceptions = 0;
        long slowest = 0;
        String slowestInput = "";
        long begun = System.nanoTime();
        for (long i = 0; i < inputs; i++) {
            String gold = random.nextInt(2) == 0 ? pick(seeds) : mutated(pick(seeds));
            String text = random.nextInt(3) == 0 ? invented() : mutated(pick(seeds));
            long start = System.nanoTime();
            try {
                once(gold, text);
            } catch (RuntimeException | StackOverflowError e) {
                exceptions++;
                if (exceptions <= 10) {
                    System.out.println("fuzz exception " + e + " for gold " + gold + " and text " + text);
                    e.printStackTrace(System.out);
                }
            }
            long nanos = System.nanoTime() - start;
            if (i > 20_000 && nanos > slowest) {
                slowest = nanos;
                slowestInput = gold + " || " + text;
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "fuzz: %,d inputs in %.0f s, %d exceptions, slowest %.1f ms: %s%n",
                inputs, seconds, exceptions, slowest / 1e6, slowestInput.replace('\n', ' '));
        return exceptions;
    }

    private static void once(String gold, String text) {
        String answer = AnswerExtractor.chain().extract(text).answer().orElse(text);
        Equivalence.standard().compare(gold, answer);
        Candidates.in(text);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String invented() {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(24);
        for (int i = 0; i < length; i++) {
            text.append(pick(PIECES));
        }
        return text.toString();
    }

    private String mutated(String seed) {
        StringBuilder text = new StringBuilder(seed);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(4));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, pick(PIECES));
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(at, text.substring(at, end));
                default -> text.replace(at, end, pick(PIECES));
            }
        }
        return text.toString();
    }

    /** Short seeds, so that the many inputs are about answers and not about prose. */
    static List<String> seeds(List<String> texts) {
        List<String> seeds = new ArrayList<>();
        for (String text : texts) {
            seeds.add(text.length() <= 120 ? text : text.substring(text.length() - 120));
        }
        return seeds;
    }
}
