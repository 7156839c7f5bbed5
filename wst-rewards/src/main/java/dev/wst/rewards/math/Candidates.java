package dev.wst.rewards.math;

import dev.wst.rewards.math.finding.Pieces;
import java.util.List;

/**
 * Every piece of a text that could be an answer: formulas between dollar signs or in LaTeX, and numbers, also those inside
 * formulas. For guards that ask whether a text gives an answer away; to find <em>the</em> answer use
 * {@link AnswerExtractor}.
 *
 * <pre>{@code
 * boolean isSaid = Candidates.in("Take 60 from 300 and you have \\frac{480}{2}.").stream()
 *         .anyMatch(candidate -> Equivalence.standard().compare("240", candidate.text()).isEqual());    // true
 * }</pre>
 */
public final class Candidates {
    private Candidates() {}

    /**
     * A piece of a text.
     *
     * @param text what is written there, without dollar signs around it
     * @param start where the piece begins, a char index into the text searched
     * @param end where it ends, exclusive
     */
    public record Candidate(String text, int start, int end) {}

    /**
     * The candidates in the order in which they begin; a formula comes before the numbers inside it.
     *
     * @param text any text; work is linear in its length
     */
    public static List<Candidate> in(String text) {
        return Pieces.in(text).stream()
                .map(piece -> new Candidate(piece.text(), piece.start(), piece.end()))
                .toList();
    }
}
