package dev.wst.examples.torture;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Answer.FailureKind;
import dev.wst.Instruction;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * Many questions put to a faulty server at once, and what must hold of each.
 *
 * @param answers what the server says to a system message and a question, where it answers
 */
record NetworkCalls(Faults faults, int questions, CallLimits limits, BinaryOperator<String> answers) {
    private static final String INSTRUCTION = "Answer at once.";
    private static final int SHOWN = 5;

    NetworkCalls(Faults faults, int questions, CallLimits limits) {
        this(faults, questions, limits, NetworkCalls::answer);
    }

    /**
     * What came of it.
     *
     * @param kinds how many questions ended in which way
     * @param wrong what does not hold, one line each
     */
    record Outcome(Map<String, Integer> kinds, int requests, Duration time, List<String> wrong) {
        boolean holds() {
            return wrong.isEmpty();
        }

        @Override
        public String toString() {
            String line = "%d requests in %.1f s: %s".formatted(requests, time.toMillis() / 1000.0, kinds);
            return holds()
                    ? line
                    : line + "; " + wrong.size() + " wrong, such as " + wrong.subList(0, Math.min(SHOWN, wrong.size()));
        }
    }

    Outcome run() throws IOException {
        List<Advice> batch = IntStream.range(0, questions)
                .mapToObj(i -> Advice.of(Task.of("t" + i, "Question " + i), Instruction.fixed(INSTRUCTION)))
                .toList();
        long start = System.nanoTime();
        try (FaultyServer server = new FaultyServer(faults, answers)) {
            StudentCalls calls = new StudentCalls(RemoteStudent.at(server.url(), limits.timeout()), limits);
            List<Answer> answers = calls.answer(batch);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            Map<String, Integer> kinds = new TreeMap<>();
            answers.forEach(answer -> kinds.merge(name(answer), 1, Integer::sum));
            List<String> wrong = new ArrayList<>();
            for (int i = 0; i < questions; i++) {
                String question = batch.get(i).task().prompt();
                wrong(question, answers.get(i), server.served(INSTRUCTION, question))
                        .ifPresent(wrong::add);
            }
            return new Outcome(kinds, server.requests(), time, wrong);
        }
    }

    /** Another one to each question. */
    static String answer(String system, String question) {
        return "What I say to " + question + " is " + Integer.toHexString(question.hashCode());
    }

    private static String name(Answer answer) {
        return answer.failure().map(failure -> failure.kind().name()).orElse("answered");
    }

    /** What does not hold of a question: it ends as the server ended it, and is answered once at most. */
    private Optional<String> wrong(String question, Answer answer, FaultyServer.Served served) {
        Optional<FailureKind> expected = served.last().flatMap(Fault::kind);
        Optional<FailureKind> got = answer.failure().map(Answer.Failure::kind);
        if (!got.equals(expected)) {
            return Optional.of(question + " ended as " + answer + ", the server ended it by " + served);
        }
        if (answer.hasArrived() && !answer.text().equals(answer(INSTRUCTION, question))) {
            return Optional.of(question + " got the answer " + answer.text());
        }
        if (served.answers() > 1) {
            return Optional.of(question + " was answered " + served.answers() + " times");
        }
        boolean mayPass = expected.map(FailureKind::isTemporary).orElse(false);
        if (mayPass && served.likeLast() != limits.retries() + 1) {
            return Optional.of(question + " was given up after " + served.requests() + " tries: " + answer);
        }
        return Optional.empty();
    }
}
