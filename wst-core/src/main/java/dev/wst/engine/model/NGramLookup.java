package dev.wst.engine.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guesses how a text goes on from texts that were written before: with what followed its last tokens there. It takes the place of the
 * small model in speculative decoding (arXiv 2211.17192): the model reads several guessed tokens in about the time of one, and those
 * that it would have drawn itself are kept. Instructions of one teacher resemble each other, so guesses often hold.
 *
 * <p>It guesses about as many tokens as have held in a row lately, so where nothing can be guessed little is lost. Not safe for use by
 * several threads at once.
 */
final class NGramLookup {
    private static final int LONGEST = 3;
    private static final int SHORTEST = 2;
    /** N-grams, some hundred instructions' worth; those not met for longest leave. */
    private static final int MOST_KEPT = 1 << 13;

    /** With the token before them they fill the rows of a step, of which there are 1, 2, 4 or 8. */
    private static final int[] NUMBERS = {7, 3, 1};

    /** Tokens read at once; from about here on each further one costs as much as if it were read alone. */
    private static final int MOST_ROWS = 64;
    /** Guesses that count when it is decided how many are worthwhile. */
    private static final double MOST_REMEMBERED = 100;
    /** Of what is known of guesses, so much remains when a text ends: where none was worthwhile, one is tried again by and by. */
    private static final double REMEMBERED = 0.98;

    private static final int BEGINNING = -1;
    private static final int[] NONE = {};

    private final Map<List<Integer>, Place> places = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Integer>, Place> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private double tried;
    private double held;

    /** The token of a text that followed an n-gram. */
    private record Place(int[] text, int next) {}

    /**
     * How many tokens of each text are worth guessing.
     *
     * @param texts that are written together
     */
    int worthwhile(int texts) {
        double share = (held + 1) / (tried + 2);
        long inARow = Math.round(share / (1 - share));
        return Arrays.stream(NUMBERS)
                .filter(number -> number <= inARow && texts * (number + 1) <= MOST_ROWS)
                .findFirst()
                .orElse(0);
    }

    /**
     * Guesses the next tokens.
     *
     * @param text what is written so far
     * @param most how many at most
     * @return none if its last tokens were not met before
     */
    int[] guess(List<Integer> text, int most) {
        List<Integer> whole = withBeginning(text);
        for (int n = Math.min(LONGEST, whole.size()); n >= SHORTEST && most > 0; n--) {
            Place place = places.get(whole.subList(whole.size() - n, whole.size()));
            if (place != null) {
                return Arrays.copyOfRange(place.text, place.next, Math.min(place.text.length, place.next + most));
            }
        }
        return NONE;
    }

    /**
     * Learns whether guesses held.
     *
     * @param looked how many were compared with what was drawn
     * @param right how many of them were that
     */
    void tell(int looked, int right) {
        tried += looked;
        held += right;
        if (tried > MOST_REMEMBERED) {
            held *= MOST_REMEMBERED / tried;
            tried = MOST_REMEMBERED;
        }
    }

    /** Takes a finished text. */
    void add(List<Integer> text) {
        List<Integer> whole = withBeginning(text);
        int[] tokens = text.stream().mapToInt(Integer::intValue).toArray();
        for (int next = 1; next < tokens.length; next++) {
            for (int n = SHORTEST; n <= Math.min(LONGEST, next + 1); n++) {
                places.put(List.copyOf(whole.subList(next + 1 - n, next + 1)), new Place(tokens, next));
            }
        }
        tried *= REMEMBERED;
        held *= REMEMBERED;
    }

    private static List<Integer> withBeginning(List<Integer> text) {
        List<Integer> whole = new ArrayList<>(text.size() + 1);
        whole.add(BEGINNING);
        whole.addAll(text);
        return whole;
    }
}
