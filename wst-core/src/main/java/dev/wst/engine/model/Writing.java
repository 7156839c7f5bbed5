package dev.wst.engine.model;

import dev.wst.InterruptedRunException;
import dev.wst.Sampling;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.nn.DecodingSession;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.List;
import java.util.stream.IntStream;

/** Writes several continuations in lock-step. */
final class Writing {
    private final Decoder decoder;
    private final Kernels kernels;
    private final TokenSampler sampler;
    private final double temperature;

    Writing(Decoder decoder, Kernels kernels, Sampling sampling) {
        this.decoder = decoder;
        this.kernels = kernels;
        this.sampler = new TokenSampler(sampling);
        this.temperature = sampling.isGreedy() ? 1 : sampling.temperature();
    }

    /**
     * Writes {@code counts[b]} drafts after prompt b, in the order of the drafts.
     *
     * @throws InterruptedRunException if the thread is interrupted; nothing is kept of the drafts
     */
    void run(List<int[]> prompts, int[] counts, boolean adapted, List<Draft> drafts) {
        int longest = drafts.get(0).maxTokens();
        DecodingSession session = new DecodingSession(decoder, prompts, counts, longest, adapted);
        // Kept from token to token: a row of a large vocabulary is 200 kB.
        float[][] distributions = new float[session.rows()][decoder.config().vocabulary()];
        while (session.rows() > 0) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedRunException("interrupted between two tokens");
            }
            Matrix probabilities = session.logits(temperature);
            kernels.softmax(probabilities, probabilities);
            // Rows are independent and each has its own generator, so threads change nothing.
            int[] next = IntStream.range(0, session.rows())
                    .parallel()
                    .map(row -> {
                        probabilities.readRow(row, distributions[row], 0);
                        return drafts.get(session.sequence(row)).draw(sampler, distributions[row]);
                    })
                    .toArray();
            session.advance(next);
        }
    }
}
