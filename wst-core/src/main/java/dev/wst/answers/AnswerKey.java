package dev.wst.answers;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.wst.ModelCall;
import java.util.List;

/**
 * What an answer is kept under: who was asked as what, everything the answer depends on, and which of several samples it is.
 *
 * <pre>{@code
 * AnswerKey key = AnswerKey.of("student", student.call(advice), 0);
 * }</pre>
 *
 * <p>It is the SHA-256 of its parts, so a file of answers does not hold the questions.
 */
public final class AnswerKey {
    private final HashCode hash;

    private AnswerKey(HashCode hash) {
        this.hash = hash;
    }

    /**
     * The key of a call.
     *
     * @param role what the model is asked as, such as "student": a judge's reply is no student's answer
     * @param call of which model and content count, the bounds of tokens do not
     * @param sample which of several answers to the same call, from 0: k samples stay k answers
     */
    public static AnswerKey of(String role, ModelCall call, int sample) {
        if (sample < 0) {
            throw new IllegalArgumentException("sample must be at least 0, got " + sample);
        }
        Hasher hasher = Hashing.sha256().newHasher();
        // Chars, not bytes of an encoding: half a surrogate pair has none, and two of them would look the same.
        for (String part : List.of(role, call.model(), call.content())) {
            hasher.putInt(part.length()).putUnencodedChars(part);
        }
        return new AnswerKey(hasher.putInt(sample).hash());
    }

    byte[] bytes() {
        return hash.asBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnswerKey that && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return hash.toString();
    }
}
