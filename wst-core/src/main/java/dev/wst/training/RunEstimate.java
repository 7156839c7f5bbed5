package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.budget.Cost;
import java.util.List;
import java.util.OptionalInt;

/** What the student's calls of a run will need, without retries, before any is made. */
record RunEstimate(RunPlan plan) {

    /** All steps and validations, and the first question to each student. */
    Cost whole() {
        RunStudents students = plan.students();
        long perStudent = (long) plan.steps() * plan.batch() * plan.samples() * students.answers();
        long validations = plan.validation().isEmpty() ? 0 : 2 + between();
        long validated = validations * plan.validation().size() * students.answers();
        Cost cost = Cost.NONE;
        for (RunStudent student : students.training()) {
            cost = cost.plus(of(student, plan.tasks(), 1 + perStudent)).plus(of(student, plan.validation(), validated));
        }
        for (RunStudent student : students.validation()) {
            cost = cost.plus(of(student, plan.tasks(), 1)).plus(of(student, plan.validation(), validated));
        }
        return cost;
    }

    private long between() {
        return plan.validateEvery() == 0 ? 0 : (plan.steps() - 1) / plan.validateEvery();
    }

    /** One step. */
    Cost step() {
        long calls = (long) plan.batch() * plan.samples() * plan.students().answers();
        return plan.students().training().stream()
                .map(student -> of(student, plan.tasks(), calls))
                .reduce(Cost.NONE, Cost::plus);
    }

    /** So many calls about tasks of usual length. */
    private Cost of(RunStudent student, List<Task> tasks, long calls) {
        if (calls == 0 || tasks.isEmpty()) {
            return Cost.NONE;
        }
        double question = tasks.stream()
                .mapToInt(task -> plan.teacher().promptTokens(Situation.of(task, 0)))
                .average()
                .orElse(0);
        ModelCall bare = student.client().call(Advice.of(tasks.get(0), Instruction.none()));
        // Where nobody counts the teacher's tokens, the most that the bytes of a question can be.
        double counted = question > 0
                ? question
                : tasks.stream()
                        .mapToLong(task -> ModelCall.tokens(task.prompt()))
                        .average()
                        .orElse(0);
        int input = (int) Math.ceil(counted) + plan.sampling().maxTokens();
        OptionalInt output = bare.outputTokens();
        return plan.givenAccounts().budget().most(new ModelCall(bare.model(), "", input, output), calls);
    }
}
