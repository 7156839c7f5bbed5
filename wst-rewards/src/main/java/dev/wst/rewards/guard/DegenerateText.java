package dev.wst.rewards.guard;

import dev.wst.Attempt;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds instructions that are no instructions: blank, too long, mostly repetition, or mostly signs. Its part is
 * {@code guard_degenerate_text}.
 *
 * <pre>{@code
 * Guard guard = DegenerateText.defaults();
 * }</pre>
 *
 * @param mostCharacters the longest instruction; default 4000
 * @param leastDistinct the least share of distinct among all groups of three words, from 0 to 1, for texts of 20 words and
 *     more; default 0.5
 * @param leastLetters the least share of letters and digits among the characters other than white space, from 0 to 1, for
 *     texts of 20 characters and more; default 0.5
 */
public record DegenerateText(int mostCharacters, double leastDistinct, double leastLetters) implements Guard {
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
    private static final Pattern RUN = Pattern.compile("(\\S)\\1{19}");
    private static final int GROUP = 3;
    private static final int FEW = 20;

    public DegenerateText {
        if (mostCharacters < 1) {
            throw new IllegalArgumentException("the most characters must be at least 1, got " + mostCharacters);
        }
        requireShare("distinct groups", leastDistinct);
        requireShare("letters", leastLetters);
    }

    /** The defaults. */
    public static DegenerateText defaults() {
        return new DegenerateText(4000, 0.5, 0.5);
    }

    @Override
    public String name() {
        return "degenerate_text";
    }

    @Override
    public Finding inspect(Attempt attempt) {
        String text = attempt.instruction().text();
        if (text.isBlank()) {
            return Finding.found("the instruction is blank");
        }
        if (text.length() > mostCharacters) {
            return Finding.found("the instruction has " + text.length() + " characters");
        }
        if (RUN.matcher(text).find()) {
            return Finding.found("one character twenty times in a row");
        }
        double distinct = distinct(text);
        if (distinct < leastDistinct) {
            return Finding.found("the share of distinct groups of words is " + distinct);
        }
        double letters = letters(text);
        return letters < leastLetters ? Finding.found("the share of letters is " + letters) : Finding.clean();
    }

    private static double distinct(String text) {
        List<String> words = List.of(WHITE_SPACE.split(text.strip()));
        if (words.size() < FEW) {
            return 1;
        }
        Set<List<String>> groups = new HashSet<>();
        for (int i = 0; i + GROUP <= words.size(); i++) {
            groups.add(words.subList(i, i + GROUP));
        }
        return (double) groups.size() / (words.size() - GROUP + 1);
    }

    private static double letters(String text) {
        long seen = text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
        long letters = text.codePoints().filter(Character::isLetterOrDigit).count();
        return seen < FEW ? 1 : (double) letters / seen;
    }

    private static void requireShare(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the least share of " + what + " must be from 0 to 1, got " + share);
        }
    }
}
