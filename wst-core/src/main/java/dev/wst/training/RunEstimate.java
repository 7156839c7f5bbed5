package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the calls of a run will need, without retries, before any is made. */
record RunEstimate(RunPlan plan) {

    /** All steps and validations, and the first question to each student; by who makes the calls. */
    Map<String, Cost> whole() {
        RunStudents students = plan.students();
        long perStudent = (long) plan.steps().count()
                * plan.steps().batch()
                * plan.steps().samples()
                * students.answers();
        long validations = plan.measuring().tasks().isEmpty() ? 0 : 2 + between();
        long validated = validations * plan.measuring().tasks().size() * students.answers();
        Map<String, Cost> all = new LinkedHashMap<>();
        for (RunStudent student : students.training()) {
            Cost cost = first(student)
                    .plus(of(student, plan.tasks(), perStudent))
                    .plus(of(student, plan.measuring().tasks(), validated));
            all.put("student" + student.name().map(name -> " " + name).orElse(""), cost);
        }
        for (RunStudent student : students.validation()) {
            Cost cost = first(student).plus(of(student, plan.measuring().tasks(), validated));
            all.put("validation student " + student.name().orElseThrow(), cost);
        }
        RewardEstimate reward = new RewardEstimate(plan);
        int judged = plan.learning().refinement().creditsImprovement()
                ? plan.learning().refinement().rounds()
                : 1;
        reward.add(plan.tasks(), perStudent * students.training().size() * judged, all);
        reward.add(plan.measuring().tasks(), validated * students.all().count(), all);
        return all;
    }

    private long between() {
        return plan.measuring().every() == 0
                ? 0
                : (plan.steps().count() - 1) / plan.measuring().every();
    }

    /** The students' calls of one step. Those of its reward may be far fewer than can be told: what recurs is judged once. */
    Cost step() {
        long calls = (long) plan.steps().batch()
                * plan.steps().samples()
                * plan.students().answers();
        return plan.students().training().stream()
                .map(student -> of(student, plan.tasks(), calls))
                .reduce(Cost.NONE, Cost::plus);
    }

    /** The question that is asked before the teacher writes. */
    private Cost first(RunStudent student) {
        return of(student, plan.tasks(), 1, 0);
    }

    /** So many samples of tasks of usual length, in all rounds. */
    private Cost of(RunStudent student, List<Task> tasks, long samples) {
        return IntStream.range(0, plan.learning().refinement().rounds())
                .mapToObj(drafts -> of(student, tasks, samples, drafts))
                .reduce(Cost.NONE, Cost::plus);
    }

    /**
     * So many answers to tasks of usual length, with all the calls that each may take.
     *
     * @param drafts that stand before the question in each
     */
    private Cost of(RunStudent student, List<Task> tasks, long answers, int drafts) {
        if (answers == 0 || tasks.isEmpty()) {
            return Cost.NONE;
        }
        double question = tasks.stream()
                .mapToInt(task -> plan.teacher().promptTokens(Situation.of(task, 0)))
                .average()
                .orElse(0);
        // Where nobody counts the teacher's tokens, the most that the bytes of a question can be.
        double counted = question > 0
                ? question
                : tasks.stream()
                        .mapToLong(task -> ModelCall.tokens(task.prompt()))
                        .average()
                        .orElse(0);
        int input = (int) Math.ceil(counted) + plan.steps().sampling().maxTokens();
        Advice bare = Advice.of(tasks.get(0), Instruction.none());
        Budget budget = plan.asking().accounts().budget();
        return Stream.concat(Stream.of(student.client().call(bare)), student.client().furtherCalls(bare).stream())
                .map(call -> {
                    int before = drafts
                            * (call.outputTokens().orElse(0)
                                    + plan.steps().sampling().maxTokens());
                    return budget.most(
                            new ModelCall(call.model(), "", Math.addExact(input, before), call.outputTokens()),
                            answers);
                })
                .reduce(Cost.NONE, Cost::plus);
    }
}
