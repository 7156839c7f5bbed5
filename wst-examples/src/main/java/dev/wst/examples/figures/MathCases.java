package dev.wst.examples.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.rewards.math.AnswerExtractor;
import dev.wst.rewards.math.Equivalence;
import dev.wst.rewards.math.MathReward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cases from the test suites of other graders: how many are judged as their source demands, beside Math-Verify. */
final class MathCases {
    /** Counts of one kind of cases. */
    private static final class Tally {
        private int cases;
        private int right;
        private int peerCases;
        private int peerRight;
    }

    private final Map<String, Tally> tallies = new TreeMap<>();
    private int falseAccepts;

    /** Returns whether each kind is right as often as for Math-Verify, with at most one false accept in all. */
    boolean print(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        for (String line : Files.readAllLines(file)) {
            JsonNode json = mapper.readTree(line);
            if (!json.has("contested")) {
                judge(json);
            }
        }
        tallies.forEach((kind, tally) -> System.out.printf(
                "cases %-8s %d of %d right; Math-Verify %d of %d%n",
                kind, tally.right, tally.cases, tally.peerRight, tally.peerCases));
        System.out.println("cases false accepts: " + falseAccepts);
        return falseAccepts <= 1 && tallies.values().stream().allMatch(tally -> tally.right >= tally.peerRight);
    }

    private void judge(JsonNode json) {
        Tally tally = tallies.computeIfAbsent(json.get("kind").asText(), kind -> new Tally());
        boolean expected = json.get("equal").asBoolean();
        boolean accepted = MathFigures.accepts(
                reward(json), json.get("gold").asText(), json.get("pred").asText());
        tally.cases++;
        if (accepted == expected) {
            tally.right++;
        } else {
            falseAccepts += accepted ? 1 : 0;
            System.out.printf(
                    "%s %s: gold %s, from %s%n",
                    accepted ? "FALSE ACCEPT" : "miss",
                    json.get("id").asText(),
                    json.get("gold"),
                    json.get("source").asText());
        }
        JsonNode peer = json.path("peers").path("math-verify");
        tally.peerCases += peer.isMissingNode() ? 0 : 1;
        tally.peerRight += !peer.isMissingNode() && peer.asBoolean() == expected ? 1 : 0;
    }

    /** Places after the point, where a case asks for them, are read as one significant digit less. */
    private static MathReward reward(JsonNode json) {
        MathReward reward = json.get("kind").asText().equals("gsm8k")
                ? MathReward.gsm8k()
                : MathReward.math().withExtractor(extractor(json.get("kind").asText()));
        int places = json.path("precision").asInt(7);
        return places < 6
                ? reward.withEquivalence(Equivalence.standard().withRounding(Math.max(1, places - 1)))
                : reward;
    }

    private static AnswerExtractor extractor(String kind) {
        return List.of("text").contains(kind) ? AnswerExtractor.text() : AnswerExtractor.chain();
    }
}
