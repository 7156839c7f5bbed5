package dev.wst.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.wst.rewards.math.comparing.Verdict;

/** Runs its seeds as tests; with {@code JAZZER_FUZZ=1 mvn test -pl wst-rewards -Dtest=MathFuzzTest#compare} it fuzzes. */
class MathFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void extract(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        Extraction found = AnswerExtractor.chain().extract(text);
        assertThat(found.answer().isPresent()).isEqualTo(found.reason().isEmpty());
        AnswerExtractor.gsm8k().singleAnswer().extract(text);
        assertThat(Candidates.in(text)).allMatch(c -> c.start() >= 0 && c.end() <= text.length());
    }

    @FuzzTest(maxDuration = "5m")
    void compare(FuzzedDataProvider data) {
        String gold = data.consumeString(200);
        String candidate = data.consumeRemainingAsString();
        Verdict verdict = Equivalence.standard().compare(gold, candidate);
        Verdict again = Equivalence.standard().compare(gold, candidate);
        assertThat(verdict).isEqualTo(again);
    }
}
