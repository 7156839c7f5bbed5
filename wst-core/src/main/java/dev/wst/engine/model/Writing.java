package dev.wst.engine.model;

import dev.wst.InterruptedRunException;
import dev.wst.Sampling;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.nn.DecodingSession;
import dev.wst.engine.nn.FusedDecoding;
import dev.wst.engine.tensor.FusedKernels.DrawRule;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes several continuations together. */
final class Writing {
    private final Decoder decoder;
    private final Kernels kernels;
    private final Sampling sampling;
    private final TokenSampler sampler;
    private final double temperature;
    private final Optional<EarlierTexts> earlier;
    private final Optional<NGramLookup> lookup;

    /** @param earlier what is remembered, where tokens are drawn on the host */
    Writing(Decoder decoder, Kernels kernels, Sampling sampling, Optional<EarlierTexts> earlier) {
        this.decoder = decoder;
        this.kernels = kernels;
        this.sampling = sampling;
        this.sampler = new TokenSampler(sampling);
        this.temperature = sampling.isGreedy() ? 1 : sampling.temperature();
        this.earlier = earlier;
        this.lookup = earlier.map(EarlierTexts::lookup);
    }

    /**
     * Writes {@code counts[b]} drafts after prompt b, in the order of the drafts.
     *
     * @throws InterruptedRunException if the thread is interrupted; nothing is kept of the drafts
     */
    void run(List<int[]> prompts, int[] counts, boolean adapted, List<Draft> drafts) {
        if (decoder.fused().isPresent()) {
            runFused(prompts, counts, adapted, drafts);
        } else {
            runOnHost(prompts, counts, adapted, drafts);
        }
    }

    /** Tokens are drawn where the logits are. */
    private void runFused(List<int[]> prompts, int[] counts, boolean adapted, List<Draft> drafts) {
        FusedDecoding decoding = new FusedDecoding(
                decoder,
                prompts,
                counts,
                drafts.get(0).maxTokens(),
                adapted,
                temperature,
                new DrawRule(sampling.isGreedy(), sampling.topK(), (float) sampling.topP(), (float) sampling.minP()),
                drafts.stream().mapToLong(Draft::seed).toArray());
        while (decoding.rows() > 0) {
            requireNotInterrupted();
            FusedDecoding.Drawn drawn = decoding.next();
            boolean[] goesOn = new boolean[decoding.rows()];
            for (int row = 0; row < goesOn.length; row++) {
                if (drawn.tokens()[row] < 0) {
                    throw new NonFiniteOutputException(Double.NaN);
                }
                goesOn[row] =
                        drafts.get(decoding.sequence(row)).add(drawn.tokens()[row], drawn.logProbabilities()[row]);
            }
            decoding.keep(goesOn, drawn);
        }
    }

    private static void requireNotInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedRunException("interrupted between two tokens");
        }
    }

    private void runOnHost(List<int[]> prompts, int[] counts, boolean adapted, List<Draft> drafts) {
        int longest = drafts.get(0).maxTokens();
        DecodingSession session = earlier.map(one -> one.prompts().session(decoder, prompts, counts, longest, adapted))
                .orElseGet(() -> new DecodingSession(decoder, prompts, counts, longest, adapted));
        // Kept from token to token: a row of a large vocabulary is 200 kB.
        float[][] distributions = new float[session.rows()][decoder.config().vocabulary()];
        while (session.rows() > 0) {
            requireNotInterrupted();
            Matrix probabilities = session.logits(temperature);
            kernels.softmax(probabilities, probabilities);
            // Rows are independent and each has its own generator, so threads change nothing.
            int[] confirmed = IntStream.range(0, session.rows())
                    .parallel()
                    .map(row -> drafts.get(session.sequence(row)).draw(sampler, guess -> {
                        probabilities.readRow(row * session.width() + guess, distributions[row], 0);
                        return distributions[row];
                    }))
                    .toArray();
            session.advance(confirmed, next(session, drafts));
        }
        lookup.ifPresent(texts -> drafts.forEach(draft -> texts.add(draft.tokens())));
    }

    /** What each row is to read next. */
    private int[][] next(DecodingSession session, List<Draft> drafts) {
        List<Draft> atWork = IntStream.range(0, session.rows())
                .mapToObj(row -> drafts.get(session.sequence(row)))
                .toList();
        lookup.ifPresent(texts -> atWork.forEach(draft -> draft.tell(texts)));
        int worthwhile = lookup.map(texts -> texts.worthwhile(atWork.size())).orElse(0);
        return atWork.stream().map(draft -> draft.next(lookup, worthwhile)).toArray(int[][]::new);
    }
}
