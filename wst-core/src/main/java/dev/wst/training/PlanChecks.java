package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.Sampling;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.rl.Algorithm;
import dev.wst.rl.WarmStart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link WstTrainerBuilder} asks of its values, each and together. */
final class PlanChecks {
    private PlanChecks() {}

    static int atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, got " + value);
        }
        return value;
    }

    static Duration positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " must be positive, got " + value);
        }
        return value;
    }

    static Duration notNegative(String what, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, got " + value);
        }
        return value;
    }

    static Sampling varied(Sampling value) {
        if (value.isGreedy()) {
            throw new IllegalArgumentException(
                    "training needs a positive temperature: a greedy teacher would try one instruction only");
        }
        return value;
    }

    /** @param name of the part and of the builder's method for it */
    static <T> T require(@Nullable T part, String name) {
        if (part == null) {
            throw missing("a " + name, name);
        }
        return part;
    }

    /**
     * The parts, of which there must be one.
     *
     * @param method of the builder that was not called
     */
    static <T> List<T> requireSome(List<T> parts, String what, String method) {
        if (parts.isEmpty()) {
            throw missing(what, method);
        }
        return parts;
    }

    private static IllegalStateException missing(String what, String method) {
        return new IllegalStateException(
                "a trainer needs " + what + ": call WstTrainer.builder()." + method + "(...) before build()");
    }

    /**
     * Refuses parts that do not fit together.
     *
     * @throws IllegalArgumentException if tasks, batch and samples do not
     * @throws IllegalStateException if something was asked for that needs something else
     */
    static void requireFitting(RunPlan plan) {
        TaskChecks.requireDisjoint(plan.tasks(), plan.measuring().tasks());
        if (plan.steps().batch() > plan.tasks().size()) {
            throw new IllegalArgumentException("a step takes " + plan.steps().batch() + " tasks, but there are only "
                    + plan.tasks().size());
        }
        Algorithm algorithm = plan.learning().algorithm();
        if (!algorithm.usesCritic() && plan.steps().samples() < 2) {
            throw new IllegalArgumentException(algorithm.name()
                    + " compares the samples of a task and needs at least 2, got "
                    + plan.steps().samples());
        }
        requireFitting(plan, plan.learning().warmStart());
        if (plan.asking().accounts().answers().isPresent()
                && plan.asking().accounts().asks()) {
            plan.students().requireModels(plan.tasks().get(0));
        }
        if (plan.learning().refinement().rounds() > 1) {
            requireOneDraft(plan.students());
        }
        requireFitting(plan.learning(), plan.teacher(), plan.files());
        requireFitting(plan.measuring(), plan.students(), plan.files());
    }

    private static void requireOneDraft(RunStudents students) {
        if (students.answers() > 1 || students.training().size() > 1) {
            throw new IllegalStateException(
                    "with several rounds the teacher reads the draft, of which there must be one: give one"
                            + " student and one answer per instruction, or one round");
        }
        if (!students.validation().isEmpty()) {
            throw new IllegalStateException(
                    "with several rounds a student of validations would be shown drafts of another: leave"
                            + " validationStudent out, or give one round");
        }
    }

    private static void requireFitting(Learning learning, TeacherPolicy teacher, Optional<RunFiles> files) {
        if (learning.averaged() > 0 && !teacher.keepsMean()) {
            throw new IllegalStateException("this teacher keeps no mean of its weights ("
                    + teacher.getClass().getName()
                    + "): implement TeacherPolicy.includeInMean and what belongs to"
                    + " it, or leave averageWeights out");
        }
        if (learning.reuse() > 0 && files.filter(RunFiles::redacted).isPresent()) {
            throw new IllegalStateException(
                    "what is learned from again is written into the run directory, to outlast the process, and"
                            + " redactTexts keeps texts out of it: leave reuse or redactTexts out");
        }
        if (learning.reuse() > 0 && learning.refinement().creditsImprovement()) {
            throw new IllegalStateException(
                    "the verdicts of drafts are not kept from step to step: leave reuse or creditingImprovement out");
        }
    }

    private static void requireFitting(Measuring measuring, RunStudents students, Optional<RunFiles> files) {
        if (!students.validation().isEmpty() && measuring.tasks().isEmpty()) {
            throw new IllegalStateException(
                    "students of validations need validation tasks: call validation(...), or leave"
                            + " validationStudent out");
        }
        if (measuring.patience().isPresent() && (measuring.tasks().isEmpty() || files.isEmpty())) {
            throw new IllegalStateException("stopping early needs validation tasks and a run directory: call"
                    + " validation(...) and runDirectory(...), or leave stopEarly out");
        }
    }

    private static void requireFitting(RunPlan plan, WarmStart warmStart) {
        if (warmStart.steps() > 0 && plan.steps().samples() < 2) {
            throw new IllegalArgumentException(
                    "a warm start imitates the best of the samples of a task and needs at least" + " 2, got "
                            + plan.steps().samples() + ": give more, or leave warmStart out");
        }
        if (warmStart.instructions().isEmpty()) {
            return;
        }
        if (warmStart.steps() == 0) {
            throw new IllegalArgumentException("the instructions of a warm start are tried in its steps, of which there"
                    + " are none: give it steps, or leave the instructions out");
        }
        if (plan.learning().refinement().rounds() > 1) {
            throw new IllegalStateException(
                    "with several rounds the last answer is judged, which does not tell what a first instruction is"
                            + " worth: leave the instructions of the warm start out, or give one round");
        }
        Task first = plan.tasks().get(0);
        var unused = plan.teacher()
                .inOwnTokens(
                        warmStart.instructions().stream()
                                .map(text -> Advice.of(first, Instruction.fixed(text)))
                                .toList(),
                        plan.steps().sampling());
    }
}
