package dev.wst.examples.torture;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.BudgetSpentException;
import dev.wst.Instruction;
import dev.wst.RewardException;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.WstException;
import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.rewards.judge.Judge;
import dev.wst.rewards.judge.Rubric;
import dev.wst.rewards.judge.RubricReward;
import dev.wst.student.LangChain4jStudent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Questions put to a student with another behind it, from many threads, each answer judged by a third model, all on a faulty server
 * and paid from one budget.
 *
 * @param budget that is smaller than what they would take
 * @param saysUsage whether answers say how many tokens they took
 */
record PaidCalls(Faults faults, int questions, CallLimits limits, Budget budget, boolean saysUsage) {
    private static final String INSTRUCTION = "Answer at once.";
    private static final Pattern VERDICT = Pattern.compile("VERDICT (\\S+): WORD");

    /**
     * What came of it.
     *
     * @param spent by the ledger
     * @param requests that the server got
     * @param tokens that its answers took
     */
    record Outcome(Cost spent, int requests, long tokens, int judged, int refused) {
        /** By the ledger and by the server, and not because nothing was bought. */
        boolean holds(Budget budget) {
            long calls = budget.calls().orElse(Long.MAX_VALUE);
            long most = budget.tokens().orElse(Long.MAX_VALUE);
            return spent.calls() <= calls
                    && requests <= spent.calls()
                    && spent.tokens() <= most
                    && tokens <= spent.tokens()
                    && judged > 0
                    && refused > 0;
        }

        @Override
        public String toString() {
            return "ledger " + spent.calls() + " calls and " + spent.tokens() + " tokens, server " + requests
                    + " requests and " + tokens + " tokens, " + judged + " answers judged, " + refused
                    + " questions without money";
        }
    }

    Outcome run() throws IOException, InterruptedException {
        Ledger ledger = Ledger.of(budget, Journal.none());
        AtomicInteger judged = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(limits.concurrency());
        ExecutorService judging = Executors.newFixedThreadPool(limits.concurrency());
        try (FaultyServer server = new FaultyServer(faults, PaidCalls::answer, saysUsage)) {
            StudentCalls student = new StudentCalls(
                    new TwoStudents(model(server, "small"), model(server, "large"), ledger),
                    limits,
                    Accounts.none().withLedger(ledger));
            RewardFunction reward = RubricReward.of(
                    Judge.of(RemoteStudent.model(server.url(), "judge", limits.timeout()), "judge", judging)
                            .paidFrom(ledger),
                    Rubric.of("The answer is to the point."));
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < questions; i++) {
                Task task = Task.of("t" + i, "Question " + i);
                all.add(threads.submit(() -> {
                    try {
                        judged.addAndGet(judged(student, reward, task));
                    } catch (BudgetSpentException e) {
                        refused.incrementAndGet();
                    }
                }));
            }
            for (Future<?> one : all) {
                await(one);
            }
            return new Outcome(
                    ledger.spent().cost(),
                    server.requests(),
                    2L * Reply.TOKENS * server.answered(),
                    judged.get(),
                    refused.get());
        } finally {
            threads.shutdownNow();
            judging.shutdownNow();
        }
    }

    private LangChain4jStudent model(FaultyServer server, String name) {
        return LangChain4jStudent.of(RemoteStudent.model(server.url(), name, limits.timeout()));
    }

    /** 1 if there was a verdict. */
    private static int judged(StudentCalls student, RewardFunction reward, Task task) {
        Advice advice = Advice.of(task, Instruction.fixed(INSTRUCTION));
        Answer answer = student.answer(List.of(advice)).get(0);
        if (!answer.hasArrived()) {
            return 0;
        }
        try {
            return reward.score(new Attempt(advice, answer)).isScored() ? 1 : 0;
        } catch (RewardException e) {
            return 0;
        }
    }

    private static void await(Future<?> one) throws InterruptedException {
        try {
            one.get();
        } catch (ExecutionException e) {
            throw new WstException("a question ended in another way than by its budget: " + e.getCause(), e);
        }
    }

    private static String answer(String system, String question) {
        Matcher verdict = VERDICT.matcher(system + question);
        return verdict.find() ? "It is.\nVERDICT " + verdict.group(1) + ": 5" : "What I say to " + question;
    }
}
