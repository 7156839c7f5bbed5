package dev.wst.training;

import com.google.common.math.LongMath;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The calls that the reward of a run may make, at most: what it knows already it asks about no more. */
record RewardEstimate(RunPlan plan) {
    /** What texts of the greatest length are made of: calls count a byte as a token. */
    private static final String BYTE = "x";

    /** No model writes more, whatever bound it was given. */
    private static final int LONGEST_ANSWER = 1 << 18;

    /** Calls of one model about attempts at different tasks. */
    private static final class Calls {
        private long number;
        private long input;
        private long output;
        private boolean isBounded = true;

        void add(ModelCall call) {
            number++;
            input += call.inputTokens();
            output += call.outputTokens().orElse(0);
            isBounded &= call.outputTokens().isPresent();
        }

        /** The mean of them, as a call. */
        ModelCall mean(String model) {
            return new ModelCall(
                    model,
                    "",
                    (int) mean(input),
                    isBounded ? OptionalInt.of((int) Math.max(mean(output), 1)) : OptionalInt.empty());
        }

        private long mean(long sum) {
            return LongMath.divide(sum, number, RoundingMode.CEILING);
        }
    }

    /** Adds what judging so many attempts at these tasks may take, each task as often as the others. */
    void add(List<Task> tasks, long attempts, Map<String, Cost> sums) {
        if (attempts == 0 || tasks.isEmpty()) {
            return;
        }
        RewardFunction reward = plan.reward().bare();
        Map<String, Calls> byModel = new LinkedHashMap<>();
        Instruction instruction =
                Instruction.fixed(BYTE.repeat(plan.steps().sampling().maxTokens()));
        Answer answer = longest(tasks.get(0));
        for (Task task : tasks) {
            Attempt attempt = Advice.of(task, instruction).answered(answer);
            for (ModelCall call : reward.calls(attempt)) {
                byModel.computeIfAbsent(call.model(), model -> new Calls()).add(call);
            }
        }
        Budget budget = plan.reward().isPaid() ? plan.asking().accounts().budget() : Budget.unlimited();
        byModel.forEach((model, calls) -> {
            long times =
                    LongMath.divide(Math.multiplyExact(calls.number, attempts), tasks.size(), RoundingMode.CEILING);
            sums.merge(
                    model.isEmpty() ? "reward" : "reward: " + model, budget.most(calls.mean(model), times), Cost::plus);
        });
    }

    /** An answer of as many tokens as there may be; where nothing bounds them, hardly any. */
    private Answer longest(Task task) {
        Advice bare = Advice.of(task, Instruction.none());
        int most = plan.students()
                .all()
                .mapToInt(one -> one.client().call(bare).outputTokens().orElse(1))
                .max()
                .orElse(1);
        return Answer.of(BYTE.repeat(Math.min(most, LONGEST_ANSWER)));
    }
}
