package dev.wst.rewards;

import static dev.wst.RewardFunction.describe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.rewards.guard.AnswerLeak;
import dev.wst.rewards.guard.GuardedReward;
import dev.wst.rewards.guard.Policy;
import dev.wst.rewards.guard.Sampled;
import dev.wst.rewards.math.AnswerExtractor;
import dev.wst.rewards.math.MathReward;
import dev.wst.rewards.preference.RemoteForm;
import dev.wst.rewards.preference.RemoteReward;
import dev.wst.rewards.text.AnswerCost;
import dev.wst.rewards.text.CosineLengthReward;
import dev.wst.rewards.text.JsonSchemaReward;
import dev.wst.rewards.text.LabelReward;
import dev.wst.rewards.text.LengthReward;
import dev.wst.rewards.text.LengthUnit;
import dev.wst.rewards.text.MatchReward;
import dev.wst.rewards.text.PhraseReward;
import dev.wst.rewards.text.RegexReward;
import dev.wst.rewards.text.RepetitionReward;
import dev.wst.rewards.text.ScoredText;
import dev.wst.rewards.text.SimilarityReward;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What rewards say of themselves in run.json: the same in each process, and something else for other parameters. */
class RewardDescriptionsTest {
    private static final StudentAccess STUDENT = StudentAccess.of(advice -> Answer.of("a"), Runnable::run);

    /** Another lambda at each call, as in another process. */
    private static RewardFunction lambda() {
        Object one = new Object();
        return attempt -> Reward.of(one.hashCode());
    }

    private static final String LAMBDA = "dev.wst.rewards.RewardDescriptionsTest$$Lambda";

    @Test
    void the_parameters_of_a_reward_are_in_its_description() {
        assertThat(describe(LabelReward.of("yes", "not sure"))).isEqualTo("LabelReward[yes, not sure]");
        assertThat(describe(MatchReward.exact())).isEqualTo("MatchReward[exact on ANSWER]");
        assertThat(describe(MatchReward.contained().after("Answer:").on(ScoredText.INSTRUCTION)))
                .isEqualTo("MatchReward[contained after \"Answer:\" on INSTRUCTION]");
        assertThat(describe(RegexReward.finding("a+"))).isEqualTo("RegexReward[finding a+ on ANSWER]");
        assertThat(describe(PhraseReward.oneOf("a b", "C"))).isEqualTo("PhraseReward[a b, c] on ANSWER");
        assertThat(describe(RepetitionReward.nGrams(3))).isEqualTo("RepetitionReward[3-grams on ANSWER]");
        assertThat(describe(RepetitionReward.compression(2.5)))
                .isEqualTo("RepetitionReward[compression 2.5 on ANSWER]");
        assertThat(describe(LengthReward.softOverlong(20, 5).in(LengthUnit.WORDS)))
                .isEqualTo("LengthReward[soft overlong 20, margin 5 WORDS on ANSWER]");
        assertThat(describe(AnswerCost.perToken(0.001))).isEqualTo("AnswerCost[0.001 a token]");
        assertThat(describe(JsonSchemaReward.of("{\"type\": \"object\"}")))
                .isEqualTo("JsonSchemaReward[{\"type\":\"object\"} on ANSWER]");
        assertThat(describe(SimilarityReward.tokenF1())).isEqualTo("SimilarityReward[TokenF1[] on ANSWER]");
        assertThat(describe(MathReward.gsm8k().withExtractor(AnswerExtractor.text())))
                .startsWith("MathReward[AnswerExtractor[[ANSWER_TAG, EVERYTHING]], Equivalence[Leniency[percent=");
        assertThat(describe(CosineLengthReward.of(MatchReward.exact(), 9)))
                .isEqualTo("CosineLengthReward[MatchReward[exact on ANSWER], 9 CHARACTERS, right"
                        + " Range[start=1.0, end=0.5], wrong Range[start=-1.0, end=-0.5]]");
        assertThat(describe(RemoteReward.of(
                                HttpClient.newHttpClient(),
                                URI.create("https://me:secret@rewards.example:8000/score?key=secret"),
                                RemoteForm.OPENRLHF)
                        .withModel("m")))
                .isEqualTo("RemoteReward[OPENRLHF m at https://rewards.example:8000/score,"
                        + " dev.wst.rewards.preference.RemoteReward$$Lambda]");
    }

    @Test
    void combinations_describe_their_parts_alike_in_each_process() {
        List<Supplier<RewardFunction>> rewards = List.of(
                () -> Rewards.sum().add("a", lambda()).add("b", 0.5, MatchReward.exact()),
                () -> Rewards.of(lambda()).clip(-1, 1).atLeast(0.5).orElse(0),
                () -> Rewards.of(lambda()).normalise(new Scale(1, 2)).normaliseInBatch(),
                () -> Rewards.of(lambda()).onlyIf("marked", lambda(), 0.25),
                () -> Rewards.of(lambda()).minusBaseline(STUDENT).averagedOver(2, STUDENT),
                () -> GuardedReward.of(lambda())
                        .with(new Sampled(AnswerLeak.standard(), 0.5, 3), Policy.PENALISE)
                        .withPenalty(2));
        String student = LAMBDA;
        assertThat(rewards.stream().map(Supplier::get).map(RewardFunction::describe))
                .containsExactly(
                        "SUM{a=1.0 * " + LAMBDA + ", b=0.5 * MatchReward[exact on ANSWER]}",
                        LAMBDA + " clipped to -1.0..1.0 at least 0.5 or else 0.0",
                        LAMBDA + " normalised by Scale[mean=1.0, deviation=2.0] normalised in its batch",
                        LAMBDA + " only if marked: " + LAMBDA + ", otherwise 0.25",
                        LAMBDA + " minus that of " + student + " without instruction averaged over 2 answers of "
                                + student,
                        "GuardedReward[" + LAMBDA + ", [PENALISE Sampled[dev.wst.rewards.guard.AnswerLeak, share 0.5,"
                                + " seed 3]], penalty 2.0]");
    }
}
