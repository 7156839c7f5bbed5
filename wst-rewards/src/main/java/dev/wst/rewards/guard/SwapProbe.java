package dev.wst.rewards.guard;

import dev.wst.Attempt;
import dev.wst.ModelCall;
import dev.wst.rewards.guard.StudentProbe.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Lends each instruction to the next question of the batch. Where both questions were answered right with their own
 * instructions, and the other is wrong with the borrowed one, the instruction is good for its own question only: found. One
 * call for each such pair; its part is {@code guard_swap_probe}. An honest instruction may well be specific to a kind of
 * question, so this measures reliance and proves nothing: log it, compare its rate over time.
 *
 * <pre>{@code
 * RewardFunction guarded = GuardedReward.of(reward).with(new SwapProbe(probe), Policy.LOG);
 * }</pre>
 *
 * @param probe the student to ask
 */
public record SwapProbe(StudentProbe probe) implements Guard {

    public SwapProbe {
        Objects.requireNonNull(probe, "probe");
    }

    @Override
    public String name() {
        return "swap_probe";
    }

    /** {@inheritDoc} Its verdict on the attempt itself, and a question as long as this one with the instruction. */
    @Override
    public List<ModelCall> calls(Attempt attempt) {
        StudentProbe.Trial trial = new StudentProbe.Trial(attempt.task(), attempt.task(), attempt.instruction());
        return Stream.concat(probe.reward().calls(attempt).stream(), probe.calls(trial, attempt.answer()).stream())
                .toList();
    }

    /** Alone there is nobody to lend to. */
    @Override
    public Finding inspect(Attempt attempt) {
        return Finding.notInspected("a single attempt has no other question");
    }

    @Override
    public CompletionStage<List<Finding>> inspectAll(List<Attempt> attempts) {
        return probe.own(attempts).thenCompose(own -> lend(attempts, own));
    }

    private CompletionStage<List<Finding>> lend(List<Attempt> attempts, List<Outcome> own) {
        List<StudentProbe.Trial> trials = new ArrayList<>();
        List<OptionalInt> trialOf = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            OptionalInt other = own.get(i) == Outcome.RIGHT ? next(attempts, own, i) : OptionalInt.empty();
            trialOf.add(other.isPresent() ? OptionalInt.of(trials.size()) : OptionalInt.empty());
            if (other.isPresent()) {
                var task = attempts.get(other.getAsInt()).task();
                trials.add(new StudentProbe.Trial(task, task, attempts.get(i).instruction()));
            }
        }
        return probe.ask(trials)
                .thenApply(outcomes -> trialOf.stream()
                        .map(at -> at.isPresent() ? finding(outcomes.get(at.getAsInt())) : nobody())
                        .toList());
    }

    /** The next attempt at another question that was right, going round. */
    private static OptionalInt next(List<Attempt> attempts, List<Outcome> own, int from) {
        for (int step = 1; step < attempts.size(); step++) {
            int at = (from + step) % attempts.size();
            boolean other = !attempts.get(at)
                    .task()
                    .id()
                    .equals(attempts.get(from).task().id());
            if (other && own.get(at) == Outcome.RIGHT) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    private static Finding nobody() {
        return Finding.notInspected("it or every other question of the batch was not answered right");
    }

    private static Finding finding(Outcome lent) {
        return switch (lent) {
            case RIGHT -> Finding.clean();
            case WRONG ->
                Finding.found("another question is answered wrong with this instruction and right with its own");
            case UNKNOWN -> Finding.notInspected("the student gave no answer that could be judged");
        };
    }
}
