package dev.wst.search;

import dev.wst.Advice;
import dev.wst.BudgetSpentException;
import dev.wst.Instruction;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.UnavailableException;
import dev.wst.budget.Cost;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.evaluation.Examiner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts instructions to a student, and pays for each call from a ledger: a search never takes more calls than that allows, tries after
 * failures among them. An instruction is put to a student once with each question; what is known is not asked again.
 *
 * <pre>{@code
 * StudentTrials trials = new StudentTrials(student, CallLimits.defaults(), reward,
 *         Accounts.none().withLedger(Ledger.of(Budget.unlimited().withCalls(500), Journal.none())));
 * }</pre>
 *
 * <p>For one search, from one thread.
 */
public final class StudentTrials {
    private final Examiner examiner;
    private final RewardFunction reward;
    private final Ledger ledger;
    private final Cost before;
    private final long calls;
    private final int tries;
    private final Map<Trial, Rollout> known = new HashMap<>();

    /**
     * An instruction and a question.
     *
     * @param instruction empty for the student alone
     */
    record Trial(String instruction, Task task) {
        private Advice advice() {
            return Advice.of(task, instruction.isEmpty() ? Instruction.none() : Instruction.fixed(instruction));
        }
    }

    /**
     * @param accounts with a ledger whose budget bounds calls; what it has left is what the search may take
     * @throws IllegalArgumentException if nothing bounds the calls
     */
    public StudentTrials(StudentClient student, CallLimits limits, RewardFunction reward, Accounts accounts) {
        this.ledger = accounts.ledger()
                .filter(one -> one.budget().calls().isPresent())
                .orElseThrow(() -> new IllegalArgumentException("a search needs a budget of calls: give accounts with a"
                        + " ledger, as Accounts.none().withLedger(Ledger.of(Budget.unlimited().withCalls(500),"
                        + " Journal.none()))"));
        this.calls = ledger.budget().calls().orElseThrow();
        this.examiner = new Examiner(new StudentCalls(student, limits, accounts), reward);
        this.reward = reward;
        this.tries = limits.mostTries();
        this.before = ledger.spent().cost();
    }

    /** Refuses tasks that the reward can never judge. */
    void check(List<Task> tasks) {
        tasks.forEach(reward::check);
    }

    /** Calls that may still be made. */
    long left() {
        return calls - ledger.spent().cost().calls();
    }

    /** What the search has paid. */
    Cost spent() {
        Cost now = ledger.spent().cost();
        return new Cost(
                now.calls() - before.calls(),
                now.inputTokens() - before.inputTokens(),
                now.outputTokens() - before.outputTokens(),
                now.money().subtract(before.money()),
                now.uncounted() - before.uncounted());
    }

    /**
     * A rollout for each trial, in order, up to the first that cannot be paid: no more is put at once than can be paid if every try of
     * it fails, so that nothing that was answered is lost.
     */
    List<Rollout> examine(List<Trial> trials) {
        Map<Trial, Rollout> all = new HashMap<>(known);
        List<Trial> open = trials.stream()
                .filter(trial -> !known.containsKey(trial))
                .distinct()
                .toList();
        try {
            int put = 0;
            while (put < open.size() && left() >= tries) {
                int end = put + (int) Math.min(open.size() - put, left() / tries);
                all.putAll(put(open.subList(put, end)));
                put = end;
            }
        } catch (BudgetSpentException e) {
            // Of tokens, money or time.
        }
        return trials.stream()
                .takeWhile(all::containsKey)
                .map(trial -> Objects.requireNonNull(all.get(trial)))
                .toList();
    }

    private Map<Trial, Rollout> put(List<Trial> trials) {
        List<Rollout> rollouts =
                examiner.examine(trials.stream().map(Trial::advice).toList());
        Map<Trial, Rollout> examined = new HashMap<>();
        for (int i = 0; i < trials.size(); i++) {
            examined.put(trials.get(i), rollouts.get(i));
            // What failed may come another time.
            if (rollouts.get(i).reward().isScored()) {
                known.put(trials.get(i), rollouts.get(i));
            }
        }
        return examined;
    }

    /** Why nothing at all was scored. */
    static UnavailableException nothingScored(List<Rollout> rollouts) {
        return new UnavailableException("no answer of the student could be scored in the search "
                + Rollout.mostFrequentReason(rollouts).orElse("(there was none)"));
    }
}
