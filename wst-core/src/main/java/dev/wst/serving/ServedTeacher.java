package dev.wst.serving;

import com.google.common.collect.Lists;
import dev.wst.ClosedException;
import dev.wst.Instruction;
import dev.wst.InterruptedRunException;
import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.WstException;
import dev.wst.serving.ServingListener.Outcome;
import dev.wst.teacher.FrozenTeacher;
import dev.wst.teacher.TeacherPrompt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * A trained teacher that writes instructions for an app: from a base model and what training left in an adapter's directory, with
 * nothing of the trainer in memory. Any number of threads may ask at once; what waits is written together.
 *
 * <pre>{@code
 * try (ServedTeacher served = ServedTeacher.load(Path.of("SmolLM2-135M-Instruct.gguf"), Path.of("runs/gsm8k/adapter"))) {
 *     String instruction = served.instructionFor("What is 6 times 7?").instruction();
 *     ChatModel taught = TaughtChatModel.of(chatModel, served);
 * }
 * }</pre>
 *
 * <p>An instruction depends on the question, the teacher's version and the sampling, not, but for rounding, on what is written beside it
 * or was before: where two tokens are nearly as likely, either may come. It is kept
 * and not written again while there is room; a question that is asked while it is being written is written once. A caller that is
 * interrupted or runs out of time costs the others nothing.
 *
 * <p>{@link #replace} puts another adapter in the place of this one while requests are under way: each is answered by one version,
 * whose name it bears. {@link #withAdapter} serves another adapter beside this one; the base model is in memory once.
 */
public final class ServedTeacher implements AutoCloseable {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);
    /** Questions of a comparison that wait at once: an app's requests wait for no more of them. */
    private static final int PORTION = 16;

    private final ServedBase base;
    /** Changed with the queue's lock held, as the next. */
    private volatile FrozenTeacher.Adapter current;

    private boolean closed;

    /**
     * What a teacher wrote for a question.
     *
     * @param question as it was asked
     * @param outcome TAUGHT, or why there is no instruction: NO_QUESTION, TOO_LONG, NOTHING_WRITTEN, LATE or INTERRUPTED
     * @param instruction empty unless the outcome is TAUGHT
     * @param meanLogProbability of the instruction's tokens, in nats: the nearer to 0, the surer the teacher was of its wording;
     *     NaN where it wrote nothing
     * @param version of the teacher, as {@link ServedTeacher#version} has it; empty where none was asked or it was not waited for
     */
    public record Written(
            String question, Outcome outcome, String instruction, double meanLogProbability, String version) {
        static Written none(String question, Outcome outcome) {
            return new Written(question, outcome, "", Double.NaN, "");
        }

        private static Written of(String question, ServedBase.Kept kept, String version) {
            if (kept.instruction().isEmpty()) {
                return new Written(question, Outcome.TOO_LONG, "", Double.NaN, version);
            }
            String instruction = kept.instruction().get();
            return new Written(
                    question,
                    instruction.isEmpty() ? Outcome.NOTHING_WRITTEN : Outcome.TAUGHT,
                    instruction,
                    kept.meanLogProbability(),
                    version);
        }

        Written as(Outcome other) {
            return new Written(question, other, instruction, meanLogProbability, version);
        }

        /** Whether there is an instruction. */
        public boolean isTaught() {
            return outcome == Outcome.TAUGHT;
        }
    }

    private ServedTeacher(ServedBase base, FrozenTeacher.Adapter adapter) {
        this.base = base;
        this.current = adapter;
    }

    /**
     * Loads a teacher that writes the likeliest instruction of at most 64 tokens.
     *
     * @param base a GGUF file or a Hugging Face directory
     * @param adapter the directory {@code adapter} of a run, or one that {@code TransformerTeacher.save} or Python's peft wrote
     * @throws dev.wst.InvalidInputException if a file is missing or damaged, or the adapter belongs to another base model
     */
    public static ServedTeacher load(Path base, Path adapter) {
        return builder(base).adapter(adapter).build();
    }

    /** Says more about how it writes and what it keeps. */
    public static Builder builder(Path base) {
        return new Builder(base);
    }

    /**
     * The instruction for a question, however long that takes.
     *
     * @throws ClosedException if this was closed
     * @throws WstException if the teacher fails; the cause says how
     */
    public Written instructionFor(String question) {
        return instructionFor(question, FOREVER);
    }

    /**
     * The same, waiting so long and no longer.
     *
     * @param within positive
     * @return with the outcome LATE if it is not there by then, INTERRUPTED if the thread is, which it then still is
     */
    public Written instructionFor(String question, Duration within) {
        requirePositive(within);
        if (question.isBlank()) {
            return Written.none(question, Outcome.NO_QUESTION);
        }
        FrozenTeacher.Adapter now = open();
        Optional<ServedBase.Kept> known = base.known(now, question);
        if (known.isPresent()) {
            return Written.of(question, known.get(), now.version());
        }
        try {
            WritingQueue.Written<FrozenTeacher.Adapter> written = base.queue().ask(this::open, question, within);
            return Written.of(
                    question,
                    ServedBase.Kept.of(written.instruction()),
                    written.version().version());
        } catch (TimeoutException e) {
            return Written.none(question, Outcome.LATE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Written.none(question, Outcome.INTERRUPTED);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /**
     * What is written for questions of a comparison, with the instructions as they were sampled; none is looked up or kept.
     *
     * @return one for each question, in order
     */
    List<Sampled> sampled(List<String> questions) {
        try {
            List<Sampled> all = new ArrayList<>();
            for (List<String> some : Lists.partition(questions, PORTION)) {
                for (WritingQueue.Written<FrozenTeacher.Adapter> one :
                        base.queue().askAll(this::open, some)) {
                    String question = questions.get(all.size());
                    all.add(new Sampled(
                            Written.of(
                                    question,
                                    ServedBase.Kept.of(one.instruction()),
                                    one.version().version()),
                            one.instruction().orElse(Instruction.none())));
                }
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while a served teacher wrote");
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** What was written, and as what it was sampled. */
    record Sampled(Written written, Instruction instruction) {}

    private static WstException failure(ExecutionException e) {
        return e.getCause() instanceof ClosedException
                ? new ClosedException("the served teacher is closed")
                : new WstException("the teacher failed to write an instruction: " + e.getCause(), e.getCause());
    }

    static void requirePositive(Duration within) {
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("the time to wait for an instruction should be positive, got " + within
                    + "; leave it out to wait however long it takes");
        }
    }

    private FrozenTeacher.Adapter open() {
        FrozenTeacher.Adapter adapter = current;
        if (base.queue().locked(() -> closed)) {
            throw new ClosedException("the served teacher is closed");
        }
        return adapter;
    }

    /**
     * Serves another adapter in the place of this one, from the next question on. Questions that wait are still answered by the old
     * one, which is freed after the last of them. To go back, replace the new by the old.
     *
     * @return the version that is served now
     * @throws dev.wst.InvalidInputException if it cannot be loaded; the old one is served then as before
     */
    public String replace(Path adapter) {
        FrozenTeacher.Adapter fresh = base.adapter(adapter);
        try {
            base.queue().change(() -> {
                FrozenTeacher.Adapter old = open();
                current = fresh;
                return old::close;
            });
        } catch (ClosedException e) {
            fresh.close();
            throw e;
        }
        return fresh.version();
    }

    /**
     * One more teacher on the same base model, with the same prompt, sampling and queue. Each is closed on its own.
     *
     * @throws dev.wst.InvalidInputException if it cannot be loaded
     */
    public ServedTeacher withAdapter(Path adapter) {
        base.joinIfOpen();
        try {
            return new ServedTeacher(base, base.adapter(adapter));
        } catch (RuntimeException e) {
            base.leave();
            throw e;
        }
    }

    /** What is served now: 16 hexadecimal digits that say what is in the adapter's files, wherever they lie. */
    public String version() {
        return current.version();
    }

    /**
     * Frees the adapter after the questions that wait for it, and with the last teacher on a base model that model, whose waiting
     * questions then end in a {@link ClosedException}. Does nothing a second time.
     */
    @Override
    public void close() {
        boolean first = base.queue().locked(() -> {
            boolean before = closed;
            closed = true;
            return !before;
        });
        if (first) {
            base.queue().afterwards(current::close);
            base.leave();
        }
    }

    /**
     * Builds a {@link ServedTeacher}; made by {@link ServedTeacher#builder}.
     *
     * <pre>{@code
     * ServedTeacher concise = ServedTeacher.builder(Path.of("SmolLM2-135M-Instruct.gguf"))
     *         .adapter(Path.of("runs/gsm8k/adapter"))
     *         .sampling(Sampling.greedy(24))
     *         .build();
     * }</pre>
     */
    public static final class Builder {
        private static final int LARGEST_BATCH = 64;
        private static final int KEPT = 10_000;

        private final Path base;
        private Optional<Path> adapter = Optional.empty();
        private Optional<TeacherPrompt> prompt = Optional.empty();
        private Optional<Precision> precision = Optional.empty();
        private Sampling sampling = Sampling.greedy(Sampling.defaults().maxTokens());
        private long seed;
        private int largestBatch = LARGEST_BATCH;
        private int kept = KEPT;

        private Builder(Path base) {
            this.base = Objects.requireNonNull(base, "base");
        }

        /** What training left; unless given, the base model writes as it is. */
        public Builder adapter(Path directory) {
            adapter = Optional.of(directory);
            return this;
        }

        /** What the teacher is shown; unless given, what the adapter's was, or {@link TeacherPrompt#defaults()}. */
        public Builder prompt(TeacherPrompt value) {
            prompt = Optional.of(value);
            return this;
        }

        /** How it writes, and how much at most; unless given, the likeliest token each time, 64 tokens. */
        public Builder sampling(Sampling value) {
            sampling = Objects.requireNonNull(value, "sampling");
            return this;
        }

        /** Where draws begin, if it does not write greedily; 0 unless given. A question gets the same instruction each time, but for rounding. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** What the base model's weights are kept and multiplied in; unless given, the faster of BF16 and FP32 here. */
        public Builder precision(Precision value) {
            precision = Optional.of(value);
            return this;
        }

        /** The most questions that are written together; 64 unless given. */
        public Builder largestBatch(int value) {
            if (value < 1) {
                throw new IllegalArgumentException(
                        "the largest batch should have room for at least 1 question, got " + value);
            }
            largestBatch = value;
            return this;
        }

        /** How many instructions are kept for questions that come again, the least used leaving first; 10,000 unless given, 0 for none. */
        public Builder instructionsKept(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("the number of instructions kept should be 0 or more, got " + value);
            }
            kept = value;
            return this;
        }

        /**
         * Loads the teacher.
         *
         * @throws dev.wst.InvalidInputException if a file is missing or damaged, or the adapter belongs to another base model
         */
        public ServedTeacher build() {
            return build(writer -> writer);
        }

        /** The same with something around what writes. */
        ServedTeacher build(UnaryOperator<WritingQueue.Writer<FrozenTeacher.Adapter>> around) {
            FrozenTeacher model = FrozenTeacher.open(base, precision);
            Sampling how = sampling;
            Seed first = new Seed(seed);
            ServedBase shared = new ServedBase(
                    model,
                    prompt,
                    around.apply((version, questions) -> model.write(version, questions, how, first)),
                    largestBatch,
                    kept);
            try {
                ServedTeacher served =
                        new ServedTeacher(shared, adapter.map(shared::adapter).orElseGet(shared::withoutAdapter));
                shared.join();
                return served;
            } catch (RuntimeException e) {
                shared.close();
                throw e;
            }
        }
    }
}
