package dev.wst.rewards.guard;

import dev.wst.rewards.math.AnswerExtractor;
import dev.wst.rewards.math.Candidates;
import dev.wst.rewards.math.Candidates.Candidate;
import dev.wst.rewards.math.Rule;
import java.util.BitSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Formulas in plain notation, such as {@code 2√5} or {@code (3, 7)}, that a text calls the answer or the value of something, or
 * that are sentences: what stands there is read as the grader reads a whole answer.
 */
final class Announced {
    private static final AnswerExtractor WHOLE = AnswerExtractor.strict(Rule.WHOLE);
    /** A sign, or a word behind which no other one goes on. */
    private static final Pattern BEGINNING = Pattern.compile(
            "(?<![\\p{L}\\d])(?:[^\\s\\p{L}]|\\p{L}(?!\\p{L})"
                    + "|\\p{L}+(?=\\s*(?:[^\\p{L}\\s]|$)|\\s+(?:and|then|so|because|at|in|as|to|when|before|after|is|was)\\b))");

    private static final Pattern SENTENCE = Pattern.compile("(?s).+?(?=[.!?;](?:\\s|$)|\\n|$)");
    /** Behind a formula comes a word, a mark or nothing. */
    private static final Pattern END = Pattern.compile("\\s+(?=\\p{L}{2})|[:,](?=\\s|$)|$");

    private static final int LONGEST = 120;
    private static final int MOST_ENDS = 5;

    private Announced() {}

    static Stream<Candidate> in(String text) {
        BitSet within = new BitSet(text.length());
        Candidates.in(text).forEach(formula -> within.set(formula.start() + 1, formula.end()));
        return BEGINNING
                .matcher(text)
                .results()
                .map(MatchResult::start)
                .filter(start -> !within.get(start))
                .filter(start -> new Place(text, start, start).isAnnounced())
                .flatMap(start -> from(text, start));
    }

    private static Stream<Candidate> from(String text, int start) {
        return SENTENCE.matcher(text.substring(start, Math.min(text.length(), start + LONGEST)))
                .results()
                .limit(1)
                .flatMap(sentence -> END.matcher(sentence.group())
                        .results()
                        .limit(MOST_ENDS)
                        .map(end -> sentence.group().substring(0, end.start())))
                .flatMap(piece -> WHOLE
                        .extract(piece)
                        .answer()
                        .map(formula -> new Candidate(formula, start, start + piece.length()))
                        .stream());
    }
}
