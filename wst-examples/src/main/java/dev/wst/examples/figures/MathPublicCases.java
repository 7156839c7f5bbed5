package dev.wst.examples.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.rewards.math.MathReward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whole answers after public reports of graders that judged them wrong: each must be paid or not as it says. */
final class MathPublicCases {
    private final ObjectMapper mapper = new ObjectMapper();

    /** Returns whether all are judged as they should be. */
    boolean print(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int right = 0;
        for (String line : lines) {
            JsonNode json = mapper.readTree(line);
            String gold = json.get("gold").asText();
            String answer = json.get("answer").asText();
            boolean gsm8k = json.get("kind").asText().contains("gsm8k");
            MathReward reward = gsm8k ? MathReward.gsm8k() : MathReward.math();
            if (MathFigures.accepts(reward, gold, answer)
                    == json.get("expected").asBoolean()) {
                right++;
            } else {
                System.out.println("public case missed, " + json.get("kind").asText() + ": gold " + gold + ", answer "
                        + answer.replace('\n', ' '));
            }
        }
        System.out.printf("public cases: %d of %d%n", right, lines.size());
        return right == lines.size();
    }
}
