package dev.wst.serving;

import com.google.common.collect.Streams;
import com.google.common.hash.Hashing;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.evaluation.Comparison;
import dev.wst.serving.ServedTeacher.Written;
import dev.wst.serving.ServingListener.Event;
import dev.wst.serving.ServingListener.Outcome;
import dev.wst.student.LangChain4jStudent.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an app's requests are taught: which teacher, where its instruction goes, how long a request waits for it, and which requests
 * go without. It turns a request into the one that the student gets, and never throws: a request that cannot be taught goes to the
 * student as it came, and is counted.
 *
 * <pre>{@code
 * Teaching teaching = Teaching.builder(served)
 *         .placement(LangChain4jStudent.Placement.BEFORE_QUESTION)
 *         .within(Duration.ofMillis(600))
 *         .heldOut(0.1, 17)
 *         .listener(event -> System.out.println(event.outcome()))
 *         .build();
 * ChatModel taught = TaughtChatModel.of(chatModel, teaching);
 * Map<ServingListener.Outcome, Long> counts = teaching.counts();
 * }</pre>
 *
 * <p>The question is the text of the last message, if a user wrote it; of several texts in one message, all, with line breaks in
 * between. Where that message holds images alone, or is a tool's result, there is no question and no instruction. Everything else in
 * a request (earlier messages, images, tools, formats, parameters) stays as it is. An instruction as {@code SYSTEM} is added to the
 * first system message, or becomes one.
 *
 * <p>As a function of requests it also is what {@code AiServices.builder(...).chatRequestTransformer(teaching)} takes. The
 * {@code systemMessageProvider} of AiServices is not told the question, so there is none here.
 *
 * <p>Threads may share it.
 */
public final class Teaching implements UnaryOperator<ChatRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Teaching.class);
    private static final double STEPS = 1L << 53;

    private final ServedTeacher teacher;
    private final Placement placement;
    private final String before;
    private final String after;
    private final Duration within;
    private final Predicate<ChatRequest> heldOut;
    private final Predicate<Written> helps;
    private final List<ServingListener> listeners;
    private final Map<Outcome, LongAdder> counts = new ConcurrentHashMap<>();

    private Teaching(Builder built) {
        this.teacher = built.teacher;
        this.placement = built.placement;
        this.before = built.before;
        this.after = built.after;
        this.within = built.within;
        this.heldOut = built.heldOut;
        this.helps = built.helps;
        this.listeners = List.copyOf(built.listeners);
    }

    /** Every request is taught, in the system message, if the instruction is there within 5 seconds. */
    public static Teaching by(ServedTeacher teacher) {
        return builder(teacher).build();
    }

    /** Says more about what is taught and how. */
    public static Builder builder(ServedTeacher teacher) {
        return new Builder(teacher);
    }

    /** How many requests ended how, so far. */
    public Map<Outcome, Long> counts() {
        Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            sums.put(outcome, 0L);
        }
        counts.forEach((outcome, count) -> sums.put(outcome, count.sum()));
        return sums;
    }

    /** The request as the student gets it. */
    @Override
    public ChatRequest apply(ChatRequest request) {
        long start = System.nanoTime();
        Written written = written(request);
        ChatRequest result = written.isTaught()
                ? RequestMessages.with(request, placement, before + written.instruction() + after)
                : request;
        counts.computeIfAbsent(written.outcome(), outcome -> new LongAdder()).increment();
        tell(new Event(
                written.question(),
                written.outcome(),
                written.instruction(),
                written.version(),
                Duration.ofNanos(System.nanoTime() - start)));
        return result;
    }

    private Written written(ChatRequest request) {
        String question = "";
        try {
            Optional<String> asked = RequestMessages.question(request);
            if (asked.isEmpty()) {
                return Written.none("", Outcome.NO_QUESTION);
            }
            question = asked.get();
            if (heldOut.test(request)) {
                return Written.none(question, Outcome.HELD_OUT);
            }
            Written written = teacher.instructionFor(question, within);
            return written.isTaught() && !helps.test(written) ? written.as(Outcome.ABSTAINED) : written;
        } catch (RuntimeException e) {
            LOG.warn("the student is asked without an instruction: {}", e.toString());
            return Written.none(question, Outcome.FAILED);
        }
    }

    /**
     * This as one of the ways of instructing a student that are compared: each question gets the instruction that it would get in the
     * app, with the texts around it, and none where the rule abstains. No question is held out, and none is late. Where the student
     * finds the instruction is the compared student's affair.
     *
     * <pre>{@code
     * Comparison comparison = Comparison.run(
     *         heldOut, examiner, List.of(Comparison.Arm.none("alone"), Teaching.by(served).arm("taught")));
     * }</pre>
     *
     * @param name in tables
     */
    public Comparison.Arm arm(String name) {
        return new Comparison.Arm(name, situations -> {
            List<ServedTeacher.Sampled> sampled = teacher.sampled(situations.stream()
                    .map(situation -> situation.task().prompt())
                    .toList());
            return Streams.zip(
                            situations.stream(),
                            sampled.stream(),
                            (situation, one) -> new Advice(situation, instruction(one)))
                    .toList();
        });
    }

    private Instruction instruction(ServedTeacher.Sampled sampled) {
        Written written = sampled.written();
        if (!written.isTaught() || !helps.test(written)) {
            return Instruction.none();
        }
        return before.isEmpty() && after.isEmpty()
                ? sampled.instruction()
                : Instruction.fixed(before + written.instruction() + after);
    }

    private void tell(Event event) {
        for (ServingListener listener : listeners) {
            try {
                listener.onServed(event);
            } catch (RuntimeException e) {
                LOG.warn("a listener of what is served failed", e);
            }
        }
    }

    /**
     * Builds a {@link Teaching}; made by {@link Teaching#builder}.
     *
     * <pre>{@code
     * Teaching sure = Teaching.builder(served)
     *         .where(wrote -> wrote.meanLogProbability() > -0.7)
     *         .build();
     * }</pre>
     */
    public static final class Builder {
        private final ServedTeacher teacher;
        private Placement placement = Placement.SYSTEM;
        private String before = "";
        private String after = "";
        private Duration within = Duration.ofSeconds(5);
        private Predicate<ChatRequest> heldOut = request -> false;
        private Predicate<Written> helps = written -> true;
        private final List<ServingListener> listeners = new ArrayList<>();

        private Builder(ServedTeacher teacher) {
            this.teacher = Objects.requireNonNull(teacher, "teacher");
        }

        /** Where the student finds the instruction: where it did in training. The system message unless given. */
        public Builder placement(Placement value) {
            placement = Objects.requireNonNull(value, "placement");
            return this;
        }

        /** Texts that go with every instruction, right before and after it, such as {@code "Advice: "}; empty unless given. */
        public Builder around(String textBefore, String textAfter) {
            before = Objects.requireNonNull(textBefore, "textBefore");
            after = Objects.requireNonNull(textAfter, "textAfter");
            return this;
        }

        /**
         * How long a request waits for its instruction before it goes to the student without one; 5 seconds unless given.
         *
         * @throws IllegalArgumentException unless it is positive
         */
        public Builder within(Duration time) {
            ServedTeacher.requirePositive(time);
            within = time;
            return this;
        }

        /**
         * Lets a share of the questions go untaught, to be compared with the others. The question's hash decides, so one question
         * is always treated the same; {@link #heldOut(Predicate)} takes another decision. None unless given.
         *
         * @param share from 0 to 1
         * @param seed another seed holds out other questions
         * @throws IllegalArgumentException if the share is out of its range
         */
        public Builder heldOut(double share, long seed) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "the share of questions that go untaught should lie between 0 and 1, got " + share);
            }
            return heldOut(request -> RequestMessages.question(request)
                    .filter(question -> drawn(question, seed) < share)
                    .isPresent());
        }

        private static double drawn(String question, long seed) {
            long hash = Hashing.sha256()
                    .newHasher()
                    .putLong(seed)
                    .putUnencodedChars(question)
                    .hash()
                    .asLong();
            return (hash >>> 11) / STEPS;
        }

        /** Lets the requests go untaught for which this holds, such as a draw, or every request of some users. */
        public Builder heldOut(Predicate<ChatRequest> chosen) {
            heldOut = Objects.requireNonNull(chosen, "chosen");
            return this;
        }

        /** Teaches only where this holds of what the teacher wrote; everywhere unless given. */
        public Builder where(Predicate<Written> rule) {
            helps = Objects.requireNonNull(rule, "rule");
            return this;
        }

        /** Tells one more listener what becomes of each request. */
        public Builder listener(ServingListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        public Teaching build() {
            return new Teaching(this);
        }
    }
}
