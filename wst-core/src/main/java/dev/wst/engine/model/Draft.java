package dev.wst.engine.model;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import dev.wst.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One continuation while it is being written. */
final class Draft {
    private final LanguageModel model;
    private final Sampling sampling;
    private final long seed;
    private final SplittableRandom random;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Double> logProbabilities = new ArrayList<>();
    private boolean ended;
    private int cut = -1;

    Draft(LanguageModel model, Sampling sampling, long seed) {
        this.model = model;
        this.sampling = sampling;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Draws the next token.
     *
     * @param probabilities [V]
     * @return the token, or -1 if the text is finished with it
     */
    int draw(TokenSampler sampler, float[] probabilities) {
        int token = sampler.draw(probabilities, random);
        return add(token, Math.log(probabilities[token])) ? token : -1;
    }

    /**
     * Takes a token that was drawn.
     *
     * @param logProbability in nats, before the filters
     * @return whether the text goes on
     */
    boolean add(int token, double logProbability) {
        tokens.add(token);
        logProbabilities.add(logProbability);
        ended = model.config().endTokens().contains(token) || reachedStopString();
        return !ended && tokens.size() < sampling.maxTokens();
    }

    /** What the draws depend on. */
    long seed() {
        return seed;
    }

    int maxTokens() {
        return sampling.maxTokens();
    }

    private boolean reachedStopString() {
        if (!sampling.stopStrings().isEmpty()) {
            String text = model.tokenizer().decode(Ints.toArray(tokens));
            for (String stop : sampling.stopStrings()) {
                int at = text.indexOf(stop);
                if (at >= 0 && (cut < 0 || at < cut)) {
                    cut = at;
                }
            }
        }
        return cut >= 0;
    }

    Continuation finished() {
        String text = model.tokenizer().decode(Ints.toArray(tokens));
        return new Continuation(
                cut < 0 ? text : text.substring(0, cut),
                Ints.toArray(tokens),
                Doubles.toArray(logProbabilities),
                ended);
    }
}
