package dev.wst.examples.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.rewards.math.AnswerExtractor;
import dev.wst.rewards.math.MathReward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GSM8K: the answers of all published solutions, and four models' solutions against OpenAI's flags. */
final class MathGsm8k {
    private static final List<String> MODELS =
            List.of("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification");

    /** The rule of the data set's own code: the first {@code ####}, digits, points, commas, a minus; commas go. */
    private static final Pattern PUBLISHED = Pattern.compile("#### (-?[0-9.,]+)");

    private final ObjectMapper mapper = new ObjectMapper();

    /** Returns whether all are extracted right. */
    boolean printGolds(Path directory) throws IOException {
        int right = 0;
        int all = 0;
        for (String name : List.of("train.jsonl", "test.jsonl")) {
            for (String line : Files.readAllLines(directory.resolve(name))) {
                String solution = mapper.readTree(line).get("answer").asText();
                String found =
                        AnswerExtractor.gsm8k().extract(solution).answer().orElse("none");
                all++;
                if (found.replace(",", "").equals(published(solution))) {
                    right++;
                } else {
                    System.out.println("GSM8K gold: " + published(solution) + " but found " + found);
                }
            }
        }
        System.out.printf("GSM8K golds: %d of %d extracted right%n", right, all);
        return right == all;
    }

    private static String published(String solution) {
        Matcher matcher = PUBLISHED.matcher(solution);
        return matcher.find() ? matcher.group(1).replace(",", "") : "none";
    }

    /** Returns whether there is no disagreement, which would have to be explained. */
    boolean printModels(Path file) throws IOException {
        int agree = 0;
        List<String> disagreements = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode json = mapper.readTree(line);
            String gold = lastLine(json.get("ground_truth").asText());
            for (String model : MODELS) {
                String solution = json.get(model).get("solution").asText();
                boolean flag = json.get(model).get("is_correct").asBoolean();
                if (MathFigures.accepts(MathReward.gsm8k(), gold, solution) == flag) {
                    agree++;
                } else {
                    disagreements.add("OpenAI says " + flag + ", gold " + gold + ", " + model + " ends with: "
                            + lastLine(solution));
                }
            }
        }
        disagreements.forEach(each -> System.out.println("GSM8K disagreement: " + each));
        System.out.printf("GSM8K model outputs: %d of %d agree%n", agree, agree + disagreements.size());
        return disagreements.isEmpty();
    }

    private static String lastLine(String text) {
        String last = text.substring(text.lastIndexOf('\n') + 1);
        return last.startsWith("A: ") ? last.substring(3) : last;
    }
}
