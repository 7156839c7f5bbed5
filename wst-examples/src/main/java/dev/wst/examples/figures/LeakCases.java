package dev.wst.examples.figures;

import dev.wst.Seed;
import dev.wst.Task;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes instructions that give an answer away and instructions that do not, for measuring a leak detector on tasks of your
 * own. The leaking ones say the answer in digits, words, arithmetic, formulas, backwards or in base64; the clean ones are
 * teaching sentences, many with small numbers of their own, and sentences with the question's numbers.
 *
 * <pre>{@code
 * for (LeakCases.Case made : LeakCases.of(task, new Seed(17))) {
 *     Optional<Leak> leak = LeakDetector.standard()
 *             .find(task.prompt(), task.reference().orElseThrow(), made.instruction());
 * }
 * }</pre>
 */
final class LeakCases {
    private static final List<String> SAYING = List.of(
            "The answer is %s.",
            "The final answer is %s; explain why.",
            "Work it out, you should get %s.",
            "Conclude with %s.",
            "Hint: %s",
            "Write %s at the end.",
            "Remember that it comes to %s.",
            "Show your steps and finish with \"The answer is %s\".",
            "Reply with %s only.",
            "It equals %s.",
            "Think it through, then box %s.",
            "The result must be %s, so check against that.",
            "%s is the correct answer.",
            "Do the computation carefully; the total is %s.",
            "Say %s.",
            "Answer: %s",
            "Use %s as your final answer.",
            "Keep in mind: %s.",
            "Whatever you do, output %s.",
            "#### %s");
    private static final List<String> TEACHING = List.of(
            "Work in 3 steps.",
            "Check your answer twice.",
            "Work step by step and round to 2 decimal places.",
            "Step 1: list what is given. Step 2: find what is asked. Step 3: compute.",
            "Think before you answer.",
            "First find the unit price, then multiply.",
            "Write two equations and solve them.",
            "Divide by 2 at the end.",
            "Use at least 3 sentences.",
            "1. Read the question. 2. Plan. 3. Solve. 4. Check.",
            "Draw a table with 4 columns.",
            "Convert percent to decimals by dividing by 100.",
            "Remember that there are 60 minutes in an hour.",
            "Break the problem into five parts.",
            "Give the answer as a number only.",
            "Name the one unknown x.",
            "Use 10 short steps at most.",
            "Double-check each multiplication.",
            "Keep one line for each calculation.",
            "Compare the two quantities.",
            "Look at each of the three cases in turn.",
            "Use no more than 6 lines.",
            "Answer with one number.",
            "Solve it in two ways and compare the results.",
            "A dozen has 12 items.",
            "Let x be the unknown and solve 2x + 1 for it.",
            "Recall that a triangle's angles add up to 180 degrees.",
            "Half of the work is reading the question.",
            "Take 5 minutes to think.",
            "Try 8 different values.",
            "Write the final answer with 2 significant digits.",
            "Explain your reasoning to a 7th grade student.",
            "Split it into 4 parts and add them up.",
            "Factor the polynomial first.",
            "Use the formula a^2 + b^2 = c^2.",
            "Simplify the fraction at the very end.",
            "Use the first sentence twice.",
            "Read the question 2 times.",
            "Count carefully, one by one.",
            "Put the answer in \\boxed{}.");
    private static final List<String> WITH_NUMBERS = List.of(
            "The question gives %s; use each of them once.",
            "Start from %s and track how it changes.",
            "Think about what %s stands for.",
            "Do not forget the %s in the question.",
            "First deal with %s, then with the rest. Check your answer twice.",
            "Multiply by %s where the question says so.",
            "Note the number %s and its unit; work in 3 steps.");
    private static final Pattern NUMERAL = Pattern.compile("\\d+(?:,\\d{3})*(?:\\.\\d+)?");
    private static final Pattern WHOLE = Pattern.compile("\\d[\\d,]*");
    private static final Pattern FRACTION = Pattern.compile("\\\\[dt]?frac\\{(\\d+)}\\{(\\d+)}");

    private LeakCases() {}

    /**
     * A generated instruction.
     *
     * @param kind in which form it leaks; {@code clean} or {@code clean with numbers} if it does not
     * @param leaks whether it gives the answer away
     */
    record Case(String kind, boolean leaks, String instruction) {}

    /**
     * The cases of a task: one leaking instruction of each kind that its answer allows, and three clean ones.
     *
     * @throws java.util.NoSuchElementException if the task has no reference
     */
    static List<Case> of(Task task, Seed seed) {
        SplittableRandom random = new SplittableRandom(seed.derive(task.id()).value());
        String gold = task.reference().orElseThrow();
        List<Case> cases = new ArrayList<>();
        cases.add(leak("as written", formula(gold), random));
        Matcher fraction = FRACTION.matcher(gold);
        if (WHOLE.matcher(gold).matches()) {
            whole(new BigInteger(gold.replace(",", "")), random, cases);
        } else if (fraction.matches()) {
            BigInteger over = new BigInteger(fraction.group(1));
            BigInteger under = new BigInteger(fraction.group(2));
            BigInteger k = BigInteger.valueOf(random.nextInt(2, 6));
            cases.add(leak("fraction", over + "/" + under, random));
            cases.add(leak("formula", "$\\frac{" + over.multiply(k) + "}{" + under.multiply(k) + "}$", random));
        }
        cases.add(leak("base64", base64(gold), random));
        cases.add(new Case("clean", false, pick(TEACHING, random)));
        cases.add(new Case("clean", false, pick(TEACHING, random) + " " + pick(TEACHING, random)));
        withNumbers(task.prompt(), random, cases);
        return List.copyOf(cases);
    }

    private static void whole(BigInteger gold, SplittableRandom random, List<Case> cases) {
        BigInteger k = BigInteger.valueOf(random.nextInt(1, 10));
        if (gold.bitLength() <= 30) {
            cases.add(leak("words", words(gold.intValue()), random));
        }
        cases.add(leak("sum", gold.subtract(k).signum() > 0 ? gold.subtract(k) + "+" + k : "0 + " + gold, random));
        cases.add(leak("difference", gold.add(k) + " - " + k, random));
        cases.add(leak("half", "half of " + gold.shiftLeft(1), random));
        cases.add(leak("more than", k + " less than " + gold.add(k), random));
        cases.add(leak(
                "formula",
                "$\\frac{" + gold.multiply(k.add(BigInteger.ONE)) + "}{" + k.add(BigInteger.ONE) + "}$",
                random));
        String reversed = new StringBuilder(gold.toString()).reverse().toString();
        if (gold.bitLength() > 4 && !reversed.equals(gold.toString())) {
            cases.add(new Case("reversed", true, "Write " + reversed + " reversed as your answer."));
        }
    }

    private static Case leak(String kind, String said, SplittableRandom random) {
        return new Case(kind, true, pick(SAYING, random).formatted(said));
    }

    private static String formula(String gold) {
        return gold.contains("\\") || gold.contains("^") ? "$" + gold + "$" : gold;
    }

    private static String base64(String gold) {
        return Base64.getEncoder().encodeToString(gold.getBytes(StandardCharsets.UTF_8));
    }

    private static void withNumbers(String question, SplittableRandom random, List<Case> cases) {
        List<String> numbers = NUMERAL.matcher(question)
                .results()
                .map(m -> m.group())
                .distinct()
                .toList();
        if (!numbers.isEmpty()) {
            String listed = numbers.size() > 1 && random.nextBoolean()
                    ? String.join(" and ", numbers.subList(0, 2))
                    : pick(numbers, random);
            cases.add(new Case(
                    "clean with numbers", false, pick(WITH_NUMBERS, random).formatted(listed)));
        }
    }

    private static <T> T pick(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }

    private static final String[] ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen"
                    + " fourteen fifteen sixteen seventeen eighteen nineteen")
            .split(" ");
    private static final String[] TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

    /** A number from 0 below a billion and more, in words. */
    static String words(int n) {
        if (n < 20) {
            return ONES[n];
        }
        if (n < 100) {
            return TENS[n / 10 - 2] + (n % 10 == 0 ? "" : "-" + ONES[n % 10]);
        }
        int unit = n < 1000 ? 100 : n < 1_000_000 ? 1000 : 1_000_000;
        String name = unit == 100 ? " hundred" : unit == 1000 ? " thousand" : " million";
        String rest = n % unit == 0 ? "" : (n % unit < 100 ? " and " : " ") + words(n % unit);
        return words(n / unit) + name + rest;
    }
}
