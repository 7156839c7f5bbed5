package dev.wst.engine.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Remembers what was computed of the tokens that all prompts of an application begin with, such as a system message and worked
 * examples, so that later prompts are read from there on. It is of one decoder with one set of weights and adapters.
 *
 * <pre>{@code
 * try (PromptMemory memory = new PromptMemory()) {
 *     DecodingSession session = memory.session(decoder, prompts, new int[] {1}, 64, true);
 * }
 * }</pre>
 *
 * <p>The numbers are those of a session that reads whole prompts, but for rounding, since other rows are computed together. Not safe for
 * use by several threads at once.
 */
public final class PromptMemory implements AutoCloseable {
    /** A beginning of fewer tokens is not worth keeping. */
    private static final int WORTHWHILE = 16;

    /** Of longer ones the rest is read anew: 1,024 take 47 MB with SmolLM2-135M. */
    private static final int LONGEST = 1024;

    private static final int[] NONE = {};

    private int[] last = NONE;
    private Optional<KeptBeginning> kept = Optional.empty();

    /** Begins a session, with what is remembered where that saves something; takes {@link DecodingSession}'s parameters. */
    public DecodingSession session(
            Decoder decoder, List<int[]> prompts, int[] continuations, int maxTokens, boolean adapted) {
        int shared = kept.map(beginning -> beginning.shared(prompts)).orElse(0);
        if (shared >= WORTHWHILE && savesRows(prompts, continuations, shared)) {
            List<int[]> all = IntStream.range(0, prompts.size())
                    .boxed()
                    .flatMap(b -> IntStream.range(0, continuations[b]).mapToObj(i -> prompts.get(b)))
                    .toList();
            return DecodingSession.after(decoder, kept.orElseThrow(), shared, all, maxTokens, adapted);
        }
        DecodingSession session = new DecodingSession(decoder, prompts, continuations, maxTokens, adapted);
        if (shared < WORTHWHILE) {
            remember(session, prompts.get(0));
        }
        return session;
    }

    /**
     * Prompts are read to equal lengths after a beginning, all in one step; without, each to its own, neighbours' common tokens once, and
     * no more at once than the memory for scores allows.
     */
    private static boolean savesRows(List<int[]> prompts, int[] continuations, int shared) {
        int longest = prompts.stream()
                .mapToInt(prompt -> prompt.length - shared)
                .max()
                .orElseThrow();
        long rows = (long) Arrays.stream(continuations).sum() * longest;
        return rows <= Prefill.ROWS_AT_ONCE && rows < Prefill.rows(prompts);
    }

    /** Keeps what a prompt has in common with the one before it. */
    private void remember(DecodingSession session, int[] prompt) {
        int common = Math.min(LONGEST, KeptBeginning.common(last, prompt));
        if (common >= WORTHWHILE) {
            close();
            kept = Optional.of(session.keepBeginning(Arrays.copyOf(prompt, common)));
        }
        last = prompt;
    }

    /** Bytes that it holds. */
    public long bytes() {
        return kept.map(KeptBeginning::bytes).orElse(0L);
    }

    /** Forgets the beginning, and frees its memory. */
    @Override
    public void close() {
        kept.ifPresent(KeptBeginning::close);
        kept = Optional.empty();
    }
}
