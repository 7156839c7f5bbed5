package dev.wst.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.wst.ClosedException;
import dev.wst.Instruction;
import dev.wst.teacher.FrozenTeacher;
import dev.wst.teacher.TeacherPrompt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A base model with its queue and its instructions, shared by all that are served from it; freed by the last of them. */
final class ServedBase {
    /** More would be felt by whoever waits, and a short batch costs less than it. */
    private static final Duration MOST_WAITED = Duration.ofMillis(20);

    private final FrozenTeacher model;
    private final Optional<TeacherPrompt> prompt;
    private final WritingQueue<FrozenTeacher.Adapter> queue;
    private final Cache<Key, Kept> instructions;
    private int users;

    /** A question is as long as its asker likes, so its hash stands for it. */
    private record Key(String version, HashCode question) {}

    /**
     * What is known of a question.
     *
     * @param instruction empty if the question was too long
     */
    record Kept(Optional<String> instruction, double meanLogProbability) {
        static Kept of(Optional<Instruction> written) {
            return new Kept(
                    written.map(Instruction::text),
                    written.map(Kept::meanLogProbability).orElse(Double.NaN));
        }

        static double meanLogProbability(Instruction instruction) {
            double sum = 0;
            for (double logProbability : instruction.logProbabilities()) {
                sum += logProbability;
            }
            return sum / instruction.tokenCount();
        }
    }

    ServedBase(
            FrozenTeacher model,
            Optional<TeacherPrompt> prompt,
            WritingQueue.Writer<FrozenTeacher.Adapter> writer,
            int largestBatch,
            int mostKept) {
        this.model = model;
        this.prompt = prompt;
        this.instructions = Caffeine.newBuilder().maximumSize(mostKept).build();
        this.queue = new WritingQueue<>(keeping(writer), largestBatch, MOST_WAITED, System::nanoTime);
    }

    /** Kept by the one who writes, so that nothing is lost of which no caller is left. */
    private WritingQueue.Writer<FrozenTeacher.Adapter> keeping(WritingQueue.Writer<FrozenTeacher.Adapter> writer) {
        return (version, questions) -> {
            List<Optional<Instruction>> written = writer.write(version, questions);
            for (int i = 0; i < questions.size(); i++) {
                instructions.put(key(version, questions.get(i)), Kept.of(written.get(i)));
            }
            return written;
        };
    }

    private static Key key(FrozenTeacher.Adapter version, String question) {
        return new Key(version.version(), Hashing.sha256().hashUnencodedChars(question));
    }

    Optional<Kept> known(FrozenTeacher.Adapter version, String question) {
        return Optional.ofNullable(instructions.getIfPresent(key(version, question)));
    }

    WritingQueue<FrozenTeacher.Adapter> queue() {
        return queue;
    }

    FrozenTeacher.Adapter adapter(Path directory) {
        return model.adapter(directory, prompt);
    }

    FrozenTeacher.Adapter withoutAdapter() {
        return model.withoutAdapter(prompt.orElseGet(TeacherPrompt::defaults));
    }

    /** One more uses it. */
    synchronized void join() {
        users++;
    }

    /**
     * One more uses it, as long as one does.
     *
     * @throws ClosedException otherwise
     */
    synchronized void joinIfOpen() {
        if (users == 0) {
            throw new ClosedException("the served teacher is closed");
        }
        users++;
    }

    /** One less uses it. */
    void leave() {
        boolean last;
        synchronized (this) {
            users--;
            last = users == 0;
        }
        if (last) {
            close();
        }
    }

    void close() {
        queue.close();
        model.close();
    }
}
