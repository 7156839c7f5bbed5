package dev.wst.examples.bench;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Instruction;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a call costs besides the student: one that answers at once. */
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
    public Integer call() {
        List<Advice> batch = IntStream.range(0, questions)
                .mapToObj(i -> Advice.of(Task.of("t" + i, "question " + i), Instruction.fixed("go")))
                .toList();
        StudentClient student = advice -> Answer.of("42");
        for (int most : concurrency) {
            CallLimits limits = CallLimits.defaults()
                    .withConcurrency(most)
                    .withRetries(2)
                    .withRequestsPerMinute(Integer.MAX_VALUE)
                    .withTokensPerMinute(Long.MAX_VALUE)
                    .withAdaptiveConcurrency();
            StudentCalls calls = new StudentCalls(student, limits);
            double[] times = new double[repeats];
            for (int i = -2; i < repeats; i++) {
                long start = System.nanoTime();
                calls.answer(batch);
                if (i >= 0) {
                    times[i] = (double) (System.nanoTime() - start) / questions;
                }
            }
            double median = Line.median(times);
            new Line("calls")
                    .put("at_once", most)
                    .put("questions", questions)
                    .put("microseconds_a_call", median / NANOS_OF_MICRO)
                    .put("calls_a_second", NANOS_OF_SECOND / median)
                    .print();
        }
        return 0;
    }
}
