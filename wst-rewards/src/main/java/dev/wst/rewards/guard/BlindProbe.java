package dev.wst.rewards.guard;

import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Task;
import dev.wst.WstException;
import dev.wst.rewards.guard.StudentProbe.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Asks the student again with the instruction but without the question. Who is still right was told the answer, in whatever
 * code. One call for each attempt, or for a share of them as a {@link Sampled} guard; its part is {@code guard_blind_probe}. An answer that is easily guessed, as one of two
 * labels, is often right by chance: log there, do not penalise.
 *
 * <pre>{@code
 * RewardFunction guarded = GuardedReward.of(reward).with(new BlindProbe(probe), Policy.LOG);
 * }</pre>
 *
 * @param probe the student to ask
 */
public record BlindProbe(StudentProbe probe) implements Guard {
    private static final String NO_QUESTION =
            "The question is not shown. Give the final answer that the instruction leads to; if it leads to none, say so.";

    public BlindProbe {
        Objects.requireNonNull(probe, "probe");
    }

    @Override
    public String name() {
        return "blind_probe";
    }

    @Override
    public List<ModelCall> calls(Attempt attempt) {
        return probe.calls(trial(attempt), attempt.answer());
    }

    @Override
    public Finding inspect(Attempt attempt) {
        return WstException.resultOf(inspectAll(List.of(attempt))).get(0);
    }

    @Override
    public CompletionStage<List<Finding>> inspectAll(List<Attempt> attempts) {
        List<StudentProbe.Trial> trials =
                attempts.stream().map(BlindProbe::trial).toList();
        return probe.ask(trials)
                .thenApply(
                        outcomes -> outcomes.stream().map(BlindProbe::finding).toList());
    }

    private static StudentProbe.Trial trial(Attempt attempt) {
        Task task = attempt.task();
        Task blind = new Task(task.id() + "#blind", NO_QUESTION, Optional.empty(), Map.of());
        Instruction instruction = attempt.instruction();
        return new StudentProbe.Trial(blind, task, instruction);
    }

    private static Finding finding(Outcome outcome) {
        return switch (outcome) {
            case RIGHT -> Finding.found("the student was right without seeing the question");
            case WRONG -> Finding.clean();
            case UNKNOWN -> Finding.notInspected("the student gave no answer that could be judged");
        };
    }
}
