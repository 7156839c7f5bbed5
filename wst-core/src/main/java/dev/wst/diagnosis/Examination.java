package dev.wst.diagnosis;

import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Validation;
import dev.wst.diagnosis.Diagnosis.Finding;
import dev.wst.diagnosis.History.Sign;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Looks for all symptoms after each step and each validation. */
final class Examination {
    private static final Map<Symptom, Sign> SIGNS = signs();

    private final History history;
    private final Map<Symptom, Finding> findings = new EnumMap<>(Symptom.class);

    Examination(History history) {
        this.history = history;
    }

    private static Map<Symptom, Sign> signs() {
        Map<Symptom, Sign> signs = new EnumMap<>(Symptom.class);
        signs.put(Symptom.NO_SIGNAL, Signals::none);
        signs.put(Symptom.GROUPS_WITHOUT_SIGNAL, Signals::groups);
        signs.put(Symptom.ONE_INSTRUCTION, Instructions::one);
        signs.put(Symptom.COPIED_QUESTION, Instructions::copies);
        signs.put(Symptom.ANSWER_LEAK, Instructions::leaks);
        signs.put(Symptom.JUDGE_ADDRESSED, Instructions::toTheJudge);
        signs.put(Symptom.INSTRUCTION_LENGTH_DRIFT, Instructions::length);
        signs.put(Symptom.KL_RUNAWAY, Policies::divergence);
        signs.put(Symptom.ENTROPY_COLLAPSE, Policies::entropy);
        signs.put(Symptom.RATIO_OUT_OF_RANGE, Policies::ratio);
        signs.put(Symptom.CRITIC_NOT_LEARNING, Policies::critic);
        signs.put(Symptom.SAMPLING_APART, Policies::sampling);
        signs.put(Symptom.STUDENT_IGNORES_INSTRUCTION, Answers::indifferent);
        signs.put(Symptom.ONE_ANSWER, Answers::one);
        signs.put(Symptom.ANSWER_LENGTH_DRIFT, Answers::length);
        signs.put(Symptom.STUDENT_RESISTS_FORMAT, Answers::format);
        signs.put(Symptom.JUDGE_INCONSISTENT, Verdicts::contradictions);
        signs.put(Symptom.DOMINANT_PART, Parts::dominant);
        signs.put(Symptom.VALIDATION_APART, Validations::apart);
        return signs;
    }

    /** What a run did before it was resumed: numbers, without the rollouts. */
    void resume(List<StepMetrics> steps, List<Validation> validations) {
        steps.forEach(step -> history.add(step, List.of()));
        validations.forEach(history::add);
    }

    /** A step; gives what was not found before. */
    List<Finding> add(StepMetrics metrics, List<Rollout> rollouts) {
        history.add(metrics, rollouts);
        return look();
    }

    /** A validation; gives what was not found before. */
    List<Finding> add(Validation validation) {
        history.add(validation);
        return look();
    }

    private List<Finding> look() {
        List<Finding> fresh = new ArrayList<>();
        SIGNS.forEach((symptom, sign) -> sign.in(history).ifPresent(evidence -> {
            Finding now = Finding.of(symptom, evidence, history.last());
            Finding before = findings.put(symptom, now);
            if (before == null) {
                fresh.add(now);
            } else {
                findings.put(symptom, now.since(before.from()));
            }
        }));
        return fresh;
    }

    /** All that was found, what is over included. */
    Diagnosis diagnosis() {
        return new Diagnosis(List.copyOf(findings.values()), history.last(), Instructions.leaking(history));
    }
}
