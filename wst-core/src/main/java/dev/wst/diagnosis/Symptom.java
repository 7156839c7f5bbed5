package dev.wst.diagnosis;

import java.util.Locale;

/**
 * A known way in which training goes wrong. DIAGNOSES.md has a section for each, under its {@link #id}.
 *
 * <pre>{@code
 * boolean isCheating = Diagnosis.of(RunReader.open(Path.of("runs/first"))).standing().stream()
 *         .anyMatch(finding -> finding.symptom().severity() == Symptom.Severity.CHEATING);
 * }</pre>
 */
public enum Symptom {
    /** From some step on all rewards of each batch are equal, and no higher than at the beginning. */
    NO_SIGNAL(
            Severity.NO_LEARNING,
            "all rewards of a step are equal",
            "take tasks that the student gets right now and then, and look at what the reward makes of a few answers"),
    /** Hardly any task has instructions with different rewards, where only those teach anything. */
    GROUPS_WITHOUT_SIGNAL(
            Severity.NO_LEARNING,
            "hardly any task has instructions that earn different rewards",
            "take tasks that are neither too easy nor too hard, more samples a task, or PPO, which compares tasks too"),
    /** The teacher writes one instruction for all tasks. */
    ONE_INSTRUCTION(
            Severity.WARNING,
            "the teacher writes one instruction for everything",
            "use it as a fixed prompt, which needs no teacher; or begin anew with a higher KL coefficient or a lower"
                    + " learning rate"),
    /** Instructions repeat the question. */
    COPIED_QUESTION(
            Severity.WARNING,
            "instructions repeat the question",
            "ask in the teacher's prompt for advice without the question, and take a larger teacher if it cannot follow"),
    /** The right answer stands in the instruction. */
    ANSWER_LEAK(
            Severity.CHEATING,
            "instructions give the answer away",
            "guard the reward against leaks (GuardedReward with AnswerLeak of wst-rewards) and train anew; what was learned"
                    + " helps only on questions that the teacher can answer"),
    /** Instructions make answers speak to the judge. */
    JUDGE_ADDRESSED(
            Severity.CHEATING,
            "texts speak to the judge instead of answering",
            "guard the reward (GuardedReward with JudgeAddressing of wst-rewards) and train anew"),
    /** The teacher no longer writes as its model does. */
    KL_RUNAWAY(
            Severity.WARNING,
            "the teacher is far from the model that it was",
            "lower the learning rate or raise the KL coefficient"),
    /** The teacher tries nothing any more, and has not come to more reward. */
    ENTROPY_COLLAPSE(
            Severity.NO_LEARNING,
            "the teacher tries nothing new and earns no more than at first",
            "lower the learning rate, raise the KL coefficient, or give PPO an entropy bonus"),
    /** Updates are larger than the algorithm's clip range is made for. */
    RATIO_OUT_OF_RANGE(
            Severity.WARNING,
            "updates move the teacher further than the clip range allows",
            "lower the learning rate, or take fewer epochs or iterations over a batch"),
    /** PPO's critic is worse than a guess of the mean reward. */
    CRITIC_NOT_LEARNING(
            Severity.WARNING,
            "the critic predicts rewards worse than their mean would",
            "give it a higher learning rate or more epochs, scale the reward to about 1, or train by GRPO, which has none"),
    /** Instructions grow to their limit, or change in length by a factor, without more reward. */
    INSTRUCTION_LENGTH_DRIFT(
            Severity.WARNING,
            "the length of instructions drifts",
            "bound the tokens of an instruction, take off reward for length, or raise the KL coefficient"),
    /** Answers change in length by a factor without more reward. */
    ANSWER_LENGTH_DRIFT(
            Severity.WARNING,
            "the length of answers drifts without more reward",
            "look at the answers; bound the student's tokens or take off reward for length"),
    /** One part of the reward decides it, and a part that weighs as much is not earned. */
    DOMINANT_PART(
            Severity.WARNING,
            "one part of the reward decides alone",
            "scale the parts to the same range and choose their weights anew"),
    /** Trained, and not shown to be better than the best fixed instruction. */
    TEACHER_TOO_WEAK(
            Severity.WARNING,
            "the trained teacher is not shown to be better than a fixed instruction",
            "use that instruction; or train longer or with a larger teacher, and compare on more questions"),
    /** Different instructions for one task get the same answer. */
    STUDENT_IGNORES_INSTRUCTION(
            Severity.NO_LEARNING,
            "the student answers the same whatever the instruction says",
            "put the instruction where the student heeds it (its placement), or take another student"),
    /** Tasks with one right answer are always right, and the others never. */
    ONE_ANSWER(
            Severity.CHEATING,
            "what is earned is earned by one answer to everything",
            "train on as many tasks of each answer, with more tasks and fewer samples a step, and at a higher KL coefficient;"
                    + " read the instruction, which may be what asks for that answer"),
    /** Most answers are not in the form that the reward reads. */
    STUDENT_RESISTS_FORMAT(
            Severity.WARNING,
            "the reward finds no answer in most of what the student says",
            "tell the student the form in its system message, or let the reward read the form that it uses"),
    /** The judge rates one thing differently from call to call. */
    JUDGE_INCONSISTENT(
            Severity.WARNING,
            "the judge contradicts itself",
            "set its temperature to 0, take more votes or a stronger judge, and try it with JudgeCanaries"),
    /** Training rewards rise, and validation does not follow. */
    VALIDATION_APART(
            Severity.WARNING,
            "validation does not follow training",
            "train on more tasks that are like those of the validation, and stop early"),
    /** Log-probabilities when drawn and when read differ by more than rounding. */
    SAMPLING_APART(
            Severity.WARNING,
            "the update does not see the policy that wrote",
            "train in FP32, and report it: sampling and update should read the same weights");

    /** How bad it is. */
    public enum Severity {
        /** The reward is earned by something that it was not meant for. */
        CHEATING,
        /** Training goes on and teaches nothing. */
        NO_LEARNING,
        /** It may come to something, but not as it should. */
        WARNING
    }

    private final Severity severity;
    private final String meaning;
    private final String remedy;

    Symptom(Severity severity, String meaning, String remedy) {
        this.severity = severity;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** The name in messages and in DIAGNOSES.md, such as {@code no-signal}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** What is wrong, in a clause. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
