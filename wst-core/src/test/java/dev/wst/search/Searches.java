package dev.wst.search;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.budget.Budget;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.search.SearchResult.Candidate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What the tests of searches have in common. */
final class Searches {
    static final CallLimits ONE_TRY = new CallLimits(4, Duration.ofSeconds(20), 0);

    private Searches() {}

    static List<Task> tasks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Task.of("t" + i, "question " + i, "secret " + i))
                .toList();
    }

    /** The place of a task of {@link #tasks}. */
    static int number(Task task) {
        return Integer.parseInt(task.id().substring(1));
    }

    static Accounts calls(long most) {
        return Accounts.none().withLedger(Ledger.of(Budget.unlimited().withCalls(most), Journal.none()));
    }

    /** The answer is the reward. */
    static StudentTrials trials(StudentClient student, long calls) {
        RewardFunction reward =
                attempt -> Reward.of(Double.parseDouble(attempt.answer().text()));
        return new StudentTrials(student, ONE_TRY, reward, calls(calls));
    }

    /** With these rewards; NaN for a question without a verdict. */
    static Candidate candidate(String instruction, double... rewards) {
        return new Candidate(
                instruction,
                OptionalInt.empty(),
                Arrays.stream(rewards).mapToObj(Searches::rollout).toList());
    }

    static Rollout rollout(double reward) {
        return new Rollout(
                Attempt.of(Task.of("t", "q"), Instruction.none(), Answer.of("a")),
                Double.isNaN(reward) ? Reward.unscored("none") : Reward.of(reward));
    }
}
