package dev.wst.examples.torture;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.wst.examples.serve.ChatEndpoint;
import dev.wst.examples.serve.EndpointOptions;
import dev.wst.examples.serve.ServedModel;
import dev.wst.examples.torture.EchoingStudent.Echo;
import dev.wst.serving.ServedTeacher;
import dev.wst.serving.ServingListener.Event;
import dev.wst.serving.ServingListener.Outcome;
import dev.wst.serving.TaughtChatModel;
import dev.wst.serving.TaughtStreamingChatModel;
import dev.wst.serving.Teaching;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Callers of a taught student, each asking one question after the other in one of several ways: in this process, streamed, over HTTP,
 * impatient, cancelled, with a student that fails, with a question that is too long or none. Beside them the teacher is replaced by
 * another, and back.
 */
final class ServedCallers implements AutoCloseable {
    private static final Duration IMPATIENT = Duration.ofMillis(2);
    private static final Duration PATIENT = Duration.ofMinutes(1);
    /** Over HTTP and all at once, so that each run begins with the threads of client and endpoint that it will need. */
    private static final int AT_FIRST = 5;

    private static final String TOO_LONG = "again and ".repeat(20_000);

    private final TwoTeachers teachers;
    private final ServedTeacher served;
    private final EchoingStudent student = new EchoingStudent();
    /** What a thread's last request came to. */
    private final Map<Thread, Event> events = new ConcurrentHashMap<>();

    private final Teaching patient;
    private final Teaching impatient;
    private final ChatEndpoint endpoint;
    private final ChatModel remote;
    private final AtomicInteger swaps = new AtomicInteger();
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final LongAdder tickets = new LongAdder();

    ServedCallers(TwoTeachers teachers) {
        this.teachers = teachers;
        this.served = teachers.serve();
        this.patient = teaching(PATIENT);
        this.impatient = teaching(IMPATIENT);
        Teaching overHttp = Teaching.builder(served).within(PATIENT).build();
        this.endpoint = ChatEndpoint.start(
                new ServedModel(
                        "taught",
                        TaughtChatModel.of(student, overHttp),
                        Optional.of(TaughtStreamingChatModel.of(student, overHttp))),
                EndpointOptions.onLoopback(0),
                InstantSource.system());
        this.remote = RemoteStudent.model(endpoint.url(), "taught", PATIENT);
    }

    private Teaching teaching(Duration within) {
        return Teaching.builder(served)
                .within(within)
                .listener(event -> events.put(Thread.currentThread(), event))
                .build();
    }

    /**
     * Asks for so long.
     *
     * @throws ExecutionException if a caller got what is not its own, or nothing
     */
    void run(int callers, Duration time, Duration betweenSwaps, long seed)
            throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + time.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(callers + 1);
        ScheduledExecutorService cancelling = Executors.newSingleThreadScheduledExecutor();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                SplittableRandom random = new SplittableRandom(seed * 1000 + caller);
                String name = "caller " + caller;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < AT_FIRST; i++) {
                        tickets.increment();
                        overHttp(name + " at first " + i, teachers.questions().get(i));
                    }
                    for (int i = 0; System.nanoTime() < end; i++) {
                        ask(name + " ticket " + i, random, cancelling);
                    }
                    events.remove(Thread.currentThread());
                }));
            }
            all.add(threads.submit(() -> {
                while (System.nanoTime() + betweenSwaps.toNanos() < end) {
                    Thread.sleep(betweenSwaps.toMillis());
                    swap();
                }
                return null;
            }));
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            cancelling.shutdownNow();
            threads.shutdownNow();
            events.clear();
        }
    }

    private void swap() {
        int next = swaps.get() + 1;
        String version = served.replace(teachers.adapter(next));
        require(version.equals(teachers.version(next)), "the teacher that was put in place is " + version);
        swaps.incrementAndGet();
    }

    private void ask(String ticket, SplittableRandom random, ScheduledExecutorService cancelling) {
        tickets.increment();
        String question =
                teachers.questions().get(random.nextInt(teachers.questions().size()));
        int dice = random.nextInt(100);
        if (dice < 45) {
            taught(ticket, question, chat(patient, ticket, question));
        } else if (dice < 65) {
            taught(ticket, question, stream(ticket, question));
        } else if (dice < 75) {
            overHttp(ticket, question);
        } else if (dice < 80) {
            untaught(ticket, TOO_LONG, Outcome.TOO_LONG, chat(patient, ticket, TOO_LONG));
        } else if (dice < 82) {
            untaught(ticket, " ", Outcome.NO_QUESTION, chat(patient, ticket, " "));
        } else if (dice < 88) {
            perhapsTaught(ticket, question, Outcome.LATE, chat(impatient, ticket, question));
        } else if (dice < 94) {
            cancelled(ticket, question, random.nextInt(20), cancelling);
        } else {
            failing(ticket + " " + EchoingStudent.FAILING, question, random.nextBoolean());
        }
    }

    private Echo chat(Teaching teaching, String ticket, String question) {
        return Echo.of(TaughtChatModel.of(student, teaching)
                .chat(EchoingStudent.request(ticket, question))
                .aiMessage()
                .text());
    }

    private Echo stream(String ticket, String question) {
        Streamed streamed = new Streamed();
        TaughtStreamingChatModel.of(student, patient).chat(EchoingStudent.request(ticket, question), streamed);
        Echo whole = Echo.of(streamed.whole.join().aiMessage().text());
        require(whole.equals(Echo.of(streamed.parts.toString())), "the parts of " + ticket + " are not its answer");
        return whole;
    }

    /** By the version that the event names, which served while the request was under way. */
    private void taught(String ticket, String question, Echo echo) {
        perhapsTaught(ticket, question, Outcome.TAUGHT, echo);
    }

    private void perhapsTaught(String ticket, String question, Outcome otherwise, Echo echo) {
        Event event = event();
        if (event.outcome() != Outcome.TAUGHT) {
            untaught(ticket, question, otherwise, echo);
            return;
        }
        requireOwn(ticket, question, echo);
        require(
                echo.instruction().equals(teachers.alone(event.version(), question)),
                ticket + " got another's instruction: " + echo);
        count("taught");
    }

    private void untaught(String ticket, String question, Outcome outcome, Echo echo) {
        require(event().outcome() == outcome, ticket + " ended as " + event().outcome() + " instead of " + outcome);
        requireOwn(ticket, question, echo);
        require(
                echo.instruction().isEmpty(),
                ticket + " ended as " + outcome + " and was taught " + echo.instruction());
        count("untaught: " + outcome);
    }

    private void overHttp(String ticket, String question) {
        Echo echo = Echo.of(remote.chat(EchoingStudent.request(ticket, question))
                .aiMessage()
                .text());
        requireOwn(ticket, question, echo);
        require(
                teachers.isWrittenBySome(echo.instruction(), question),
                ticket + " got over HTTP what no teacher writes for it: " + echo);
        count("taught over HTTP");
    }

    /** Interrupted at some moment, perhaps when all is over. */
    private void cancelled(String ticket, String question, int millis, ScheduledExecutorService cancelling) {
        Thread caller = Thread.currentThread();
        AtomicBoolean planned = new AtomicBoolean(true);
        var unused = cancelling.schedule(
                () -> {
                    if (planned.getAndSet(false)) {
                        caller.interrupt();
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
        Echo echo = chat(patient, ticket, question);
        if (!planned.getAndSet(false)) {
            awaitInterruption();
        }
        perhapsTaught(ticket, question, Outcome.INTERRUPTED, echo);
    }

    /** So that it hits no later request. */
    private static void awaitInterruption() {
        try {
            Thread.sleep(PATIENT.toMillis());
            throw new IllegalStateException("an interruption that was sent did not come");
        } catch (InterruptedException e) {
            // This was it.
        }
    }

    private void failing(String ticket, String question, boolean streamed) {
        String message = "";
        try {
            Echo unused = streamed ? stream(ticket, question) : chat(patient, ticket, question);
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            message = String.valueOf(cause.getMessage());
        }
        require(message.equals("the student fails for " + ticket), ticket + " ended with: " + message);
        count("failed by the student" + (streamed ? ", in the middle of a stream" : ""));
    }

    private Event event() {
        return Optional.ofNullable(events.get(Thread.currentThread()))
                .orElseThrow(() -> new IllegalStateException("nobody was told what became of a request"));
    }

    private void requireOwn(String ticket, String question, Echo echo) {
        require(
                echo.ticket().equals(ticket) && echo.question().equals(question),
                ticket + " got the answer of another: " + echo.ticket());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private void count(String what) {
        counts.computeIfAbsent(what, key -> new LongAdder()).increment();
    }

    /** Requests that were made. */
    long asked() {
        return tickets.sum();
    }

    /** Requests that ended as they should. */
    long ended() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    int swaps() {
        return swaps.get();
    }

    @Override
    public String toString() {
        return counts.toString();
    }

    @Override
    public void close() {
        endpoint.close();
        served.close();
    }

    private static final class Streamed implements StreamingChatResponseHandler {
        private final StringBuilder parts = new StringBuilder();
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String part) {
            parts.append(part);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }
    }
}
