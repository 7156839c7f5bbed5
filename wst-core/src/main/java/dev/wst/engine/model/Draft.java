package dev.wst.engine.model;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import dev.wst.Sampling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** One continuation while it is being written. */
final class Draft {
    private static final int[] NONE = {};

    private final LanguageModel model;
    private final Sampling sampling;
    private final long seed;
    private final SplittableRandom random;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Double> logProbabilities = new ArrayList<>();
    private int[] guesses = NONE;
    /** Tokens that the last step read of it, guesses included; 0 before the first. */
    private int given;
    /** Of the guesses, those that were compared with what was drawn, and those that were that. */
    private int looked;

    private int held;
    private boolean goesOn;
    private boolean ended;
    private int cut = -1;

    Draft(LanguageModel model, Sampling sampling, long seed) {
        this.model = model;
        this.sampling = sampling;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Draws the next token, and further ones as long as they are those that were guessed.
     *
     * @param probabilities [V] after the tokens so far and so many of the guesses
     * @return how many of the tokens that {@link #next} gave belong to the text
     */
    int draw(TokenSampler sampler, IntFunction<float[]> probabilities) {
        int drawn = 0;
        held = 0;
        boolean wasGuessed;
        do {
            float[] distribution = probabilities.apply(drawn);
            int token = sampler.draw(distribution, random);
            goesOn = add(token, Math.log(distribution[token]));
            wasGuessed = drawn < guesses.length && guesses[drawn] == token;
            held += wasGuessed ? 1 : 0;
            drawn++;
        } while (goesOn && wasGuessed);
        looked = Math.min(drawn, guesses.length);
        return Math.min(drawn, given);
    }

    /** The token drawn last and guesses of those after it; none where the text is finished. */
    int[] next(Optional<NGramLookup> lookup, int worthwhile) {
        if (!goesOn) {
            return NONE;
        }
        int last = tokens.get(tokens.size() - 1);
        int room = sampling.maxTokens() - tokens.size() - 1;
        guesses =
                lookup.map(one -> one.guess(tokens, Math.min(worthwhile, room))).orElse(NONE);
        given = 1 + guesses.length;
        return Ints.concat(new int[] {last}, guesses);
    }

    /** Tells whether the guesses held. */
    void tell(NGramLookup lookup) {
        lookup.tell(looked, held);
    }

    List<Integer> tokens() {
        return Collections.unmodifiableList(tokens);
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
        int last = tokens.size() - 1;
        boolean endToken = last >= 0 && model.config().endTokens().contains(tokens.get(last));
        // It need not be one that decoding leaves out.
        String text = model.tokenizer().decode(Ints.toArray(endToken ? tokens.subList(0, last) : tokens));
        return new Continuation(
                cut < 0 ? text : text.substring(0, cut),
                Ints.toArray(tokens),
                Doubles.toArray(logProbabilities),
                ended);
    }
}
