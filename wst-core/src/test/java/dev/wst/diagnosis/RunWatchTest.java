package dev.wst.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.Validation;
import dev.wst.diagnosis.Diagnosis.Finding;
import dev.wst.diagnosis.Symptom.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each symptom, provoked in a run that is healthy otherwise. */
class RunWatchTest {
    private static SyntheticRun run() {
        return new SyntheticRun(1);
    }

    /** A run that learns nothing, so that what is no symptom where more is earned is one. */
    private static SyntheticRun hopeless() {
        SplittableRandom chance = new SplittableRandom(3);
        return run().judging((step, attempt) -> Reward.of(chance.nextInt(3) == 0 ? 1 : 0))
                // What is judged by chance contradicts itself, unless no answer comes twice.
                .answering((step, task, text) -> text + " gives " + chance.nextInt());
    }

    private static Finding only(Diagnosis diagnosis) {
        assertThat(diagnosis.findings()).hasSize(1);
        assertThat(diagnosis.standing()).isEqualTo(diagnosis.findings());
        return diagnosis.findings().get(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void a_healthy_run_shows_nothing(long seed) {
        assertThat(new SyntheticRun(seed).watched(100).findings()).isEmpty();
        assertThat(new SyntheticRun(seed)
                        .measuring((step, values) -> values.remove("loss/value_avg"))
                        .watched(100)
                        .findings())
                .isEmpty();
        assertThat(hopeless().watched(30).findings()).isEmpty();
    }

    @Test
    void no_signal_from_the_start() {
        SyntheticRun run = run().judging((step, attempt) -> Reward.of(0));
        assertThat(run.watched(9).findings()).isEmpty();
        Finding finding = only(run.watched(10));
        assertThat(finding)
                .hasToString(
                        "no-signal, steps 1 to 10: all rewards of a step are equal; in each of 10 steps all rewards"
                                + " were equal; their mean is 0.000. What to do: take tasks that the student gets right now and then,"
                                + " and look at what the reward makes of a few answers (wst-core/DIAGNOSES.md, no-signal)");
        assertThat(finding.symptom().severity()).isEqualTo(Severity.NO_LEARNING);
    }

    @Test
    void a_signal_that_comes_late_passes() {
        Diagnosis diagnosis = run().judging((step, attempt) -> Reward.of(
                        step > 12
                                        && SyntheticRun.isRight(
                                                attempt.task(),
                                                attempt.instruction().text())
                                ? 1
                                : 0))
                .watched(60);
        assertThat(diagnosis.findings()).extracting(Finding::symptom).containsExactly(Symptom.NO_SIGNAL);
        assertThat(diagnosis.findings().get(0).to()).isEqualTo(12);
        assertThat(diagnosis.standing()).isEmpty();
        assertThat(diagnosis.severity()).isEmpty();
    }

    @Test
    void a_signal_that_is_lost_without_a_gain() {
        Diagnosis diagnosis = run().judging((step, attempt) -> Reward.of(
                        step <= 20
                                        && SyntheticRun.isRight(
                                                attempt.task(),
                                                attempt.instruction().text())
                                ? 1
                                : 0))
                .watched(40);
        assertThat(only(diagnosis).symptom()).isEqualTo(Symptom.NO_SIGNAL);
        assertThat(diagnosis.findings().get(0).from()).isEqualTo(21);
    }

    @Test
    void rewards_that_are_all_equal_because_all_is_learned_are_no_symptom() {
        assertThat(run().judging((step, attempt) -> Reward.of(
                                step > 30
                                                || SyntheticRun.isRight(
                                                        attempt.task(),
                                                        attempt.instruction().text())
                                        ? 1
                                        : 0))
                        .watched(80)
                        .findings())
                .isEmpty();
    }

    @Test
    void groups_without_signal_where_there_is_no_critic() {
        SyntheticRun run = run().judging((step, attempt) -> Reward.of(SyntheticRun.kind(attempt.task()) % 2));
        assertThat(run.watched(30).findings()).isEmpty();
        run.measuring((step, values) -> values.remove("loss/value_avg"));
        assertThat(run.watched(19).findings()).isEmpty();
        assertThat(only(run.watched(20)).evidence())
                .isEqualTo("in 20 steps 100 % of the groups had rewards that are all equal; the mean reward is 0.500");
    }

    @Test
    void one_instruction_for_everything_is_printed() {
        Finding finding = only(run().writing((step, task, sample, random) -> step < 5 || random.nextInt(500) == 0
                        ? "Look at number " + sample + "."
                        : "Work it out,  slowly.")
                .judging((step, attempt) -> Reward.of(SyntheticRun.kind(attempt.task()) % 2))
                .watched(20));
        assertThat(finding.symptom()).isEqualTo(Symptom.ONE_INSTRUCTION);
        assertThat(finding.examples()).containsExactly("Work it out,  slowly.");
        assertThat(finding.toString())
                .contains("such as \"Work it out, slowly.\"")
                .contains("use it as a fixed prompt");
    }

    /**
     * Forty tasks, the right answer of half of them "yes" and of the others "no".
     *
     * @param yes how many of the first half are right
     */
    private static Validation labelled(int step, IntFunction<String> instruction, int yes, int no) {
        return new Validation(
                step,
                IntStream.range(0, 40)
                        .mapToObj(i -> new Rollout(
                                Attempt.of(
                                        Task.of("v" + i, "Is it " + i + "?", i < 20 ? "yes" : "no"),
                                        Instruction.fixed(instruction.apply(i)),
                                        Answer.of("perhaps")),
                                Reward.of(i < 20 ? (i < yes ? 1 : 0) : (i < 20 + no ? 1 : 0))))
                        .toList());
    }

    @Test
    void the_likeliest_instruction_is_one_for_all_and_often_drawn() {
        SyntheticRun run = run().writing((step, task, sample, random) ->
                        sample == 0 ? "Work it out." : "Look at number " + random.nextInt() + ".")
                .judging((step, attempt) -> Reward.of(SyntheticRun.kind(attempt.task()) % 2));
        Validation same = labelled(10, i -> i == 0 ? "Do." : "WORK it out", 15, 15);
        Finding finding = only(run.watched(10, "", List.of(), List.of(same)));
        assertThat(finding.symptom()).isEqualTo(Symptom.ONE_INSTRUCTION);
        assertThat(finding.evidence())
                .isEqualTo("after step 10 the likeliest instruction is the same for 39 of 40 validation tasks");
        assertThat(finding.examples()).containsExactly("WORK it out");
        assertThat(run.watched(9, "", List.of(), List.of(labelled(9, i -> "Work it out.", 15, 15)))
                        .findings())
                .isEmpty();
        Validation others = labelled(10, i -> i < 3 ? "Do." : "Work it out.", 15, 15);
        assertThat(run.watched(10, "", List.of(), List.of(others)).findings()).isEmpty();
        // A teacher without a preference has one likeliest instruction too, but draws others.
        run.writing((step, task, sample, random) -> "Look at number " + random.nextInt() + ".");
        assertThat(run.watched(10, "", List.of(), List.of(same)).findings()).isEmpty();
        assertThat(run.watched(10, "", List.of(), List.of(same, others)).standing())
                .isEmpty();
    }

    @Test
    void one_answer_to_everything() {
        Validation shortcut = labelled(12, i -> "Say yes, " + i + ".", 17, 3);
        Finding finding = only(run().watched(12, "", List.of(), List.of(shortcut)));
        assertThat(finding.symptom().severity()).isEqualTo(Severity.CHEATING);
        assertThat(finding.evidence())
                .isEqualTo(
                        "in the validation after step 12 tasks whose right answer is \"yes\" earn 0.850, the 20 others"
                                + " 0.150");
        assertThat(run().watched(12, "", List.of(), List.of(labelled(12, i -> "Think, " + i + ".", 17, 9)))
                        .findings())
                .as("others are right now and then")
                .isEmpty();
        assertThat(run().watched(9, "", List.of(), List.of(labelled(9, i -> "Say yes, " + i + ".", 17, 3)))
                        .findings())
                .as("too early to tell")
                .isEmpty();
    }

    @Test
    void one_answer_to_everything_is_seen_without_validations_too() {
        SyntheticRun run = run().labelling(number -> number % 3 == 0 ? "yes" : "no")
                .judging((step, attempt) ->
                        Reward.of(attempt.task().reference().orElseThrow().equals("no") ? 1 : 0));
        Finding finding = only(run.watched(12, "", List.of(), List.of()));
        assertThat(finding.symptom()).isEqualTo(Symptom.ONE_ANSWER);
        assertThat(finding.evidence())
                .startsWith("over 10 steps tasks whose right answer is \"no\" earn 1.000, the ")
                .endsWith(" others 0.000");
        run.labelling(number -> "answer" + number % 20);
        assertThat(run.watched(12, "", List.of(), List.of()).findings())
                .as("hardly any two tasks have the same answer")
                .extracting(Finding::symptom)
                .doesNotContain(Symptom.ONE_ANSWER);
    }

    @Test
    void copied_questions() {
        Finding finding = only(hopeless()
                .writing((step, task, sample, random) -> sample < 2
                        ? "Well: " + task.prompt().toLowerCase(Locale.ROOT) + " " + sample
                        : "Think of number " + sample)
                .watched(12));
        assertThat(finding.symptom()).isEqualTo(Symptom.COPIED_QUESTION);
        assertThat(finding.evidence()).isEqualTo("160 of the 320 instructions of 10 steps repeat the question");
        assertThat(finding.examples().get(0)).startsWith("Well: what do we get if");
    }

    @Test
    void leaked_answers() {
        Finding finding = only(run().writing((step, task, sample, random) -> sample == 0
                        ? "Say \"" + task.reference().orElseThrow() + "\"."
                        : "Think of way " + sample + ".")
                .answering((step, task, text) -> text + task.id())
                .judging((step, attempt) -> Reward.of((attempt.sample() + step / 5) % 2))
                .watched(10));
        assertThat(finding.symptom().severity()).isEqualTo(Severity.CHEATING);
        assertThat(finding.evidence())
                .isEqualTo(
                        "80 of 320 instructions of 10 steps hold the right answer, which is not in the question; 0 would"
                                + " by chance");
        assertThat(finding.examples().get(0)).isEqualTo("Say \"answer79\".  [the answer is answer79]");
    }

    @Test
    void what_a_guard_finds_is_taken_over_from_it() {
        SyntheticRun run = run().judging((step, attempt) -> Reward.of(
                SyntheticRun.isRight(attempt.task(), attempt.instruction().text()) ? 1 : 0,
                Map.of("guard_answer_leak", attempt.sample() == 0 ? 1.0 : 0.0, "right/guard_judge_addressing", 0.0)));
        assertThat(only(run.watched(10)).evidence())
                .isEqualTo("guard_answer_leak found something in 25.0 % of the attempts of 10 steps");
        run.judging((step, attempt) -> Reward.of(
                SyntheticRun.isRight(attempt.task(), attempt.instruction().text()) ? 1 : 0,
                Map.of("guard_answer_leak", 0.0, "right/guard_judge_addressing", attempt.sample() == 0 ? 1.0 : 0.0)));
        assertThat(only(run.watched(10)).symptom()).isEqualTo(Symptom.JUDGE_ADDRESSED);
    }

    @Test
    void a_divergence_beyond_two_nats_a_token_in_three_steps() {
        SyntheticRun run = run().measuring((step, values) -> values.put("objective/kl", step > 10 ? 14.5 : 13.9));
        assertThat(run.watched(12).findings()).isEmpty();
        assertThat(only(run.watched(13)).evidence())
                .isEqualTo("the divergence from the untrained teacher is 2.07 nats a token");
        assertThat(only(run().measuring((step, values) -> values.put("kl", 2.5)).watched(3))
                        .symptom())
                .isEqualTo(Symptom.KL_RUNAWAY);
    }

    @Test
    void entropy_that_is_spent_without_a_gain() {
        Finding finding = only(hopeless()
                .measuring((step, values) -> values.put("policy/entropy_avg", step < 10 ? 0.4 : 0.001))
                .watched(25));
        assertThat(finding.symptom()).isEqualTo(Symptom.ENTROPY_COLLAPSE);
        assertThat(finding.evidence())
                .startsWith("the entropy is 0.001 nats a token over 10 steps, 0.400 at the beginning");
        assertThat(run().measuring((step, values) -> values.put("policy/entropy_avg", step < 10 ? 0.4 : 0.001))
                        .watched(80)
                        .standing())
                .isEmpty();
    }

    @Test
    void ratios_out_of_range() {
        assertThat(only(run().measuring((step, values) -> values.put("policy/clipfrac_avg", 0.6))
                                .watched(10))
                        .evidence())
                .isEqualTo("over 10 steps 60 % of the tokens were clipped, and the mean ratio is 1.001");
        assertThat(only(run().measuring((step, values) -> values.put("val/ratio", 1.2))
                                .watched(10))
                        .symptom())
                .isEqualTo(Symptom.RATIO_OUT_OF_RANGE);
        assertThat(only(run().measuring((step, values) -> {
                                    values.remove("policy/clipfrac_avg");
                                    values.remove("val/ratio");
                                    values.put("clip_ratio/region_mean", 0.55);
                                })
                                .watched(10))
                        .evidence())
                .isEqualTo("over 10 steps 55 % of the tokens were clipped");
    }

    @Test
    void a_critic_that_is_worse_than_the_mean() {
        SyntheticRun run = run().measuring((step, values) -> values.put("loss/value_avg", 0.5));
        assertThat(run.watched(29).findings()).isEmpty();
        assertThat(only(run.watched(30)).symptom()).isEqualTo(Symptom.CRITIC_NOT_LEARNING);
    }

    @Test
    void instructions_that_grow() {
        SyntheticRun longer = run().measuring((step, values) -> {
            values.put("completions/mean_length", step < 10 ? 7.0 : 15.9);
            values.put("completions/clipped_ratio", step < 10 ? 0.0 : 0.9);
        });
        assertThat(only(longer.watched(60)).evidence())
                .isEqualTo(
                        "instructions have 15.9 tokens on average over 10 steps, 7.0 at the beginning; 90 % are cut at"
                                + " their limit");
        SyntheticRun shorter =
                hopeless().measuring((step, values) -> values.put("completions/mean_length", step < 10 ? 7.0 : 2.0));
        assertThat(only(shorter.watched(25)).symptom()).isEqualTo(Symptom.INSTRUCTION_LENGTH_DRIFT);
        // A teacher that learns to be brief, and earns more, has learned.
        SyntheticRun brief =
                run().measuring((step, values) -> values.put("completions/mean_length", step < 45 ? 7.0 : 2.0));
        assertThat(brief.watched(70).findings()).isEmpty();
    }

    @Test
    void answers_that_grow_without_a_gain() {
        SplittableRandom chance = new SplittableRandom(4);
        Finding finding = only(hopeless()
                .answering((step, task, text) -> (step < 10 ? text : text.repeat(9)) + chance.nextInt())
                .watched(25));
        assertThat(finding.symptom()).isEqualTo(Symptom.ANSWER_LENGTH_DRIFT);
    }

    @Test
    void a_student_that_does_not_heed_instructions() {
        Finding finding =
                only(run().answering((step, task, text) -> "It is " + task.id() + (text.length() % 2 == 0 ? "." : ""))
                        .judging((step, attempt) ->
                                Reward.of(Integer.parseInt(attempt.task().id().substring(1)) % 3 == 0 ? 1 : 0))
                        .watched(12));
        assertThat(finding.symptom()).isEqualTo(Symptom.STUDENT_IGNORES_INSTRUCTION);
        assertThat(finding.evidence()).contains("groups of 10 steps different instructions got the same answer");
    }

    @Test
    void answers_that_are_all_alike_because_all_are_right_are_no_symptom() {
        assertThat(run().answering((step, task, text) -> step > 40 ? "It is " + task.id() : text + task.id())
                        .judging((step, attempt) -> Reward.of(
                                step > 40
                                                || SyntheticRun.isRight(
                                                        attempt.task(),
                                                        attempt.instruction().text())
                                        ? 1
                                        : 0))
                        .watched(70)
                        .findings())
                .isEmpty();
    }

    @Test
    void answers_that_the_reward_cannot_read() {
        Finding unscored = only(run().judging((step, attempt) -> attempt.sample() < 2
                        ? Reward.unscored("no answer found")
                        : Reward.of(SyntheticRun.kind(attempt.task()) % 2))
                .watched(10));
        assertThat(unscored.evidence()).isEqualTo("160 of the 320 answers of 10 steps have no verdict");
        Finding form = only(run().judging((step, attempt) -> Reward.of(
                        SyntheticRun.isRight(
                                        attempt.task(), attempt.instruction().text())
                                ? 1
                                : 0,
                        Map.of("math/extracted", 0.05)))
                .watched(10));
        assertThat(form.symptom()).isEqualTo(Symptom.STUDENT_RESISTS_FORMAT);
        assertThat(form.evidence()).isEqualTo("rewards/math/extracted/mean is 0.050 over 10 steps");
    }

    @Test
    void a_judge_of_another_mind() {
        SplittableRandom chance = new SplittableRandom(6);
        Finding finding = only(run().writing((step, task, sample, random) -> "Take way " + sample / 2 + ".")
                .answering((step, task, text) -> text + task.id())
                .judging((step, attempt) -> Reward.of(chance.nextInt(2)))
                .watched(10));
        assertThat(finding.symptom()).isEqualTo(Symptom.JUDGE_INCONSISTENT);
        assertThat(finding.evidence()).contains("of 160 verdicts on an answer that was judged before");
        assertThat(run().writing((step, task, sample, random) -> "Take way " + sample / 2 + ".")
                        .answering((step, task, text) -> text + task.id())
                        .judging(
                                (step, attempt) -> Reward.of((attempt.sample() < 2 ? 0 : 1) + 0.01 * chance.nextInt(5)))
                        .watched(10)
                        .findings())
                .isEmpty();
        assertThat(only(run().measuring((step, values) -> values.put("rewards/polite/agreement/mean", 0.55))
                                .watched(10))
                        .evidence())
                .isEqualTo("asked in both orders, it names the same of two answers in 55 % of the cases");
        assertThat(only(run().measuring((step, values) -> {
                                    values.put("rewards/spread/mean", 3.0);
                                    values.put("rewards/score/std", 1.4);
                                })
                                .watched(10))
                        .evidence())
                .isEqualTo("votes on one answer span 3.00 on average, and scores of different answers deviate by 1.40");
    }

    @Test
    void a_part_that_decides_alone() {
        SyntheticRun run = run().judging((step, attempt) -> {
            double format =
                    SyntheticRun.isRight(attempt.task(), attempt.instruction().text()) ? 1 : 0;
            return Reward.of(0.5 * format, Map.of("right", 0.0, "short", 0.0, "tidy", format));
        });
        assertThat(run.watched(20).findings()).isEmpty();
        assertThat(only(run.watched(
                                20,
                                "SUM{right=1.0 * MatchReward[exact], tidy=0.5 * PhraseReward[x], short=1.0 * LengthReward[y]}"))
                        .evidence())
                .isEqualTo(
                        "over 20 steps tidy makes 100 % of the differences between rewards; right, which weighs 1.0, has a"
                                + " mean of 0.000 and a deviation of 0.000");
        assertThat(run.watched(20, "SUM{short=1.0 * LengthReward[y], tidy=0.5 * PhraseReward[x]}")
                        .findings())
                .isEmpty();
        assertThat(run.watched(20, "SUM{right=0.1 * MatchReward[exact], tidy=0.5 * PhraseReward[x]}")
                        .findings())
                .isEmpty();
    }

    @Test
    void validation_that_does_not_follow() {
        RunWatch watch = RunWatch.telling(finding -> {});
        watch.onValidation(SyntheticRun.validation(0, 0.3));
        for (int step = 1; step <= 60; step++) {
            List<Rollout> rollouts = run().rollouts(step);
            watch.onStep(run().metrics(step, rollouts), rollouts);
        }
        watch.onValidation(SyntheticRun.validation(60, 0.3));
        assertThat(only(watch.diagnosis()).symptom()).isEqualTo(Symptom.VALIDATION_APART);
        assertThat(watch.diagnosis().findings().get(0).evidence())
                .endsWith("those of 30 validation tasks changed by 0.000 [-0.114, 0.114] to 0.300");
    }

    @Test
    void sampling_apart_from_the_update() {
        assertThat(only(run().measuring((step, values) -> values.put("sampling/sampling_logp_difference/mean", 0.06))
                                .watched(3))
                        .evidence())
                .isEqualTo("log-probabilities when read are 0.060 nats a token from those when drawn");
    }

    @Test
    void each_is_told_once_and_numbers_from_before_a_resume_count() {
        List<Finding> told = new ArrayList<>();
        SyntheticRun run = run().judging((step, attempt) -> Reward.of(0));
        RunWatch watch = RunWatch.telling(told::add);
        List<StepMetrics> before = new ArrayList<>();
        for (int step = 1; step <= 9; step++) {
            before.add(run.metrics(step, run.rollouts(step)));
        }
        watch.onResume(before, List.of());
        assertThat(told).isEmpty();
        for (int step = 10; step <= 30; step++) {
            List<Rollout> rollouts = run.rollouts(step);
            watch.onStep(run.metrics(step, rollouts), rollouts);
        }
        assertThat(told).singleElement().extracting(Finding::symptom).isEqualTo(Symptom.NO_SIGNAL);
    }
}
