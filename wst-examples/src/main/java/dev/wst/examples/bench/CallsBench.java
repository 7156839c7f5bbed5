package dev.wst.examples.bench;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.Task;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Budget;
import dev.wst.budget.JournalFile;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.files.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a call costs besides the student, one that answers at once: alone, and with its answer kept and paid for. */
@Command(
        name = "calls",
        description = "Times calls of a student that answers at once: all that is left is what a call costs besides.",
        mixinStandardHelpOptions = true)
final class CallsBench implements Callable<Integer> {
    private static final double NANOS_OF_MICRO = 1e3;
    private static final double NANOS_OF_SECOND = 1e9;

    @Option(names = "--questions", description = "of each repeat; default ${DEFAULT-VALUE}")
    private int questions = 20_000;

    @Option(names = "--calls", split = ",", description = "most at once; default 1,8,64")
    private List<Integer> concurrency = List.of(1, 8, 64);

    @Option(names = "--repeats", description = "the median counts, after two to warm up; default ${DEFAULT-VALUE}")
    private int repeats = 5;

    @Override
    public Integer call() throws IOException {
        for (int most : concurrency) {
            measure("calls", most, Accounts.none());
        }
        Path directory = Files.createTempDirectory("wst-bench-calls-");
        try (AnswerStore store = AnswerStore.open(directory.resolve("answers.sqlite"));
                JournalFile journal = JournalFile.open(directory.resolve("spent.txt"))) {
            Budget budget = Budget.unlimited().withCalls(Long.MAX_VALUE);
            Accounts accounts = Accounts.none().withAnswers(store).withLedger(Ledger.of(budget, journal));
            for (int most : concurrency) {
                measure("calls, kept and paid", most, accounts);
            }
        }
        Deletion.of(directory);
        return 0;
    }

    private void measure(String what, int most, Accounts accounts) {
        CallLimits limits = CallLimits.defaults()
                .withConcurrency(most)
                .withRetries(2)
                .withRequestsPerMinute(Integer.MAX_VALUE)
                .withTokensPerMinute(Long.MAX_VALUE)
                .withAdaptiveConcurrency();
        StudentCalls calls = new StudentCalls(advice -> Answer.of("42"), limits, accounts);
        double[] times = new double[repeats];
        for (int i = -2; i < repeats; i++) {
            List<Advice> batch = batch(most + "/" + i + "/");
            long start = System.nanoTime();
            calls.answer(batch);
            if (i >= 0) {
                times[i] = (double) (System.nanoTime() - start) / questions;
            }
        }
        double median = Line.median(times);
        new Line(what)
                .put("at_once", most)
                .put("questions", questions)
                .put("microseconds_a_call", median / NANOS_OF_MICRO)
                .put("calls_a_second", NANOS_OF_SECOND / median)
                .print();
    }

    /** Questions that were never asked before, so that none is found among kept answers. */
    private List<Advice> batch(String prefix) {
        return IntStream.range(0, questions)
                .mapToObj(i -> Advice.of(Task.of(prefix + i, "question " + prefix + i), Instruction.fixed("go")))
                .toList();
    }
}
