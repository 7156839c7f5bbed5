package dev.wst.examples.torture;

import dev.wst.Seed;
import dev.wst.budget.Budget;
import dev.wst.calls.CallLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A budget that is too small for what many threads ask of a bad network. */
@Command(
        name = "budget",
        description =
                "Questions to a student with another behind it, each answer judged, from many threads, on a server of"
                        + " which every third answer is a fault, against a budget of half of what they take: of calls, and of tokens, with and"
                        + " without token counts in the responses. Neither the ledger nor what the server counted may pass it.",
        mixinStandardHelpOptions = true)
public final class BudgetTorture implements Callable<Integer> {
    @Option(names = "--questions", description = "default ${DEFAULT-VALUE}")
    private int questions = 10_000;

    @Option(names = "--calls", description = "most at once; default ${DEFAULT-VALUE}")
    private int concurrency = 256;

    @Option(names = "--faults", description = "percent of tries; default ${DEFAULT-VALUE}")
    private int percent = 30;

    @Option(names = "--seed", description = "of the faults; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Override
    public Integer call() throws IOException, InterruptedException {
        // Two calls a question and some retries would be 2.6; 16 tokens each, or the bounds of some 400.
        Budget calls = Budget.unlimited().withCalls(questions);
        Budget tokens = Budget.unlimited().withTokens(questions * 100L);
        int failed = 0;
        for (boolean saysUsage : new boolean[] {true, false}) {
            failed += holds("at most " + questions + " calls", calls, saysUsage) ? 0 : 1;
            failed += holds("at most " + questions * 100L + " tokens", tokens, saysUsage) ? 0 : 1;
        }
        return failed == 0 ? 0 : 1;
    }

    private boolean holds(String most, Budget budget, boolean saysUsage) throws IOException, InterruptedException {
        CallLimits limits = CallLimits.defaults()
                .withConcurrency(concurrency)
                .withTimeout(Duration.ofSeconds(3))
                .withRetries(4);
        Faults faults = new Faults(new Seed(seed), percent, Fault.passing());
        PaidCalls.Outcome outcome = new PaidCalls(faults, questions, limits, budget, saysUsage).run();
        boolean holds = outcome.holds(budget);
        System.out.println("torture budget: " + most + (saysUsage ? "" : ", no counts in responses") + ": " + outcome
                + (holds ? "" : "; FAILED"));
        return holds;
    }
}
