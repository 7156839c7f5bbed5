package dev.wst.rewards.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.rewards.KeptReward;
import dev.wst.rewards.Rewards;
import dev.wst.rewards.Scale;
import dev.wst.rewards.StudentAccess;
import dev.wst.rewards.guard.BlindProbe;
import dev.wst.rewards.guard.GuardedReward;
import dev.wst.rewards.guard.Policy;
import dev.wst.rewards.guard.Sampled;
import dev.wst.rewards.guard.StudentProbe;
import dev.wst.rewards.guard.SwapProbe;
import dev.wst.rewards.preference.RemoteForm;
import dev.wst.rewards.preference.RemoteReward;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What rewards say that judging an attempt may take, beside what it takes. */
@Timeout(60)
class CallsOfRewardsTest {
    private static final Attempt ATTEMPT = Attempt.of(
            Task.of("t1", "How much is 1 + 1?", "2"), Instruction.fixed("Add."), Answer.of("The sum is two."));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FakeModel model = FakeModel.plain(asked -> asked.line("A"));
    private final FakeModel grader = FakeModel.plain(asked -> asked.line("4"));
    private final AtomicInteger answered = new AtomicInteger();
    private final StudentAccess student = StudentAccess.of(
            new StudentClient() {
                @Override
                public Answer answer(Advice advice) {
                    return Answer.of("Something else, number " + answered.incrementAndGet());
                }

                @Override
                public ModelCall call(Advice advice) {
                    return new ModelCall("student", "", 1, OptionalInt.of(1));
                }
            },
            threads);
    private final RewardFunction rubric = RubricReward.of(
            Judge.of(grader, "grader", threads).with(JudgeOptions.defaults().withVotes(3, 2)),
            Rubric.of("The answer is right.").withScale(1, 5));

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static Map<String, Long> said(RewardFunction reward) {
        return reward.calls(ATTEMPT).stream()
                .collect(Collectors.groupingBy(ModelCall::model, TreeMap::new, Collectors.counting()));
    }

    private void requireAsSaid(RewardFunction reward, int student, int judge, int grader) {
        Map<String, Long> expected =
                new TreeMap<>(Map.of("student", (long) student, "judge", (long) judge, "grader", (long) grader));
        expected.values().removeIf(count -> count == 0);
        assertThat(said(reward)).isEqualTo(expected);
        assertThat(List.of(
                        answered.get(),
                        model.asked().size(),
                        this.grader.asked().size()))
                .as("nobody is asked by asking what would be")
                .containsOnly(0);
        reward.scoreAll(List.of(ATTEMPT)).toCompletableFuture().join();
        assertThat(answered).hasValueLessThanOrEqualTo(student);
        assertThat(model.asked()).hasSizeLessThanOrEqualTo(judge);
        assertThat(this.grader.asked()).hasSizeLessThanOrEqualTo(grader);
    }

    @Test
    void a_rubric_takes_a_call_for_each_vote() {
        requireAsSaid(rubric, 0, 0, 3);
        ModelCall call = rubric.calls(ATTEMPT).get(0);
        assertThat(call.inputTokens()).isGreaterThan(100);
    }

    @Test
    void a_comparison_takes_two_and_the_other_answer() {
        Judge judge =
                Judge.of(model, "judge", threads).with(JudgeOptions.defaults().withVotes(2, 1));
        requireAsSaid(PairwiseReward.againstUninstructed(judge, "The better one.", student), 1, 4, 0);
    }

    @Test
    void a_comparison_with_the_reference_asks_no_student() {
        Judge judge = Judge.of(model, "judge", threads);
        requireAsSaid(PairwiseReward.againstReference(judge, "The better one."), 0, 2, 0);
    }

    @Test
    void a_baseline_is_answered_and_judged_once_more() {
        requireAsSaid(Rewards.of(rubric).minusBaseline(student), 1, 0, 6);
    }

    @Test
    void a_mean_over_answers_is_answered_and_judged_so_often() {
        requireAsSaid(Rewards.of(rubric).averagedOver(3, student), 2, 0, 9);
    }

    @Test
    void compositions_take_what_their_parts_do() {
        RewardFunction condition =
                PairwiseReward.againstReference(Judge.of(model, "judge", threads), "The better one.");
        requireAsSaid(
                KeptReward.of(
                        "kept",
                        Rewards.min()
                                .add("graded", Rewards.of(rubric).clip(0, 1).normalise(new Scale(0, 1)))
                                .add("free", attempt -> Reward.of(1))
                                .onlyIf("better", condition, 0)
                                .normaliseInBatch()),
                0,
                2,
                3);
    }

    @Test
    void probes_ask_the_student_and_the_judge_again() {
        StudentProbe probe = new StudentProbe(student, rubric, 0.5);
        requireAsSaid(
                GuardedReward.of(rubric)
                        .with(new Sampled(new BlindProbe(probe), 0.5, 1), Policy.LOG)
                        .with(new SwapProbe(probe), Policy.LOG),
                2,
                0,
                3 + 3 + 6);
    }

    @Test
    void a_reward_service_takes_one_and_a_lambda_none() {
        RemoteReward remote = RemoteReward.of(
                        HttpClient.newHttpClient(), URI.create("http://127.0.0.1:1/score"), RemoteForm.OPENRLHF)
                .withModel("service");
        assertThat(said(remote)).isEqualTo(Map.of("service", 1L));
        assertThat(Stream.<RewardFunction>of(attempt -> Reward.of(1)).flatMap(one -> one.calls(ATTEMPT).stream()))
                .isEmpty();
    }
}
