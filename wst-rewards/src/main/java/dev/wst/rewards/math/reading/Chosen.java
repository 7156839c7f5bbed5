package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides whether a text that begins with the label of an option, as "(A) is false", names that option as the answer. It does
 * where nothing more stands there, or
 * <ul>
 *   <li>a value or the text of the option, which begins with a capital, an article, a digit or a formula: "(A) 5", "(D)
 *       Alina", "B. the fifth"; but "the wrong option" speaks of the label;
 *   <li>that this is the answer: "is correct", "is the right answer";
 *   <li>a reason: "because ...", "since ...";
 *   <li>that another label is not the answer: "not B", "it cannot be B".
 * </ul>
 * Any other words go on with a sentence of which the label is the subject, and may say anything about it: that it is
 * false, out, not to be had. They are not understood, so that nothing is chosen.
 */
final class Chosen {
    private static final Pattern MARKS = Pattern.compile("(?:[\\s*_~)}.:,;!-]|\\\\[ ,;:])*+");
    private static final Pattern ASSERTED = Pattern.compile(
            "(?:is|must be)\\s+(?:(?:the|my)\\s+)?(?:(?:correct|right|true|best|final|only)\\b\\s*+){0,9}(?:answer|choice|option|one)?(?<!\\s)(?<!is)(?<!be)(?<!the)(?<!my)(?=\\s*(?:[.,;:!*)}]|$|because|since))");
    private static final Pattern REASON = Pattern.compile("(?:because|since|as)\\b");
    private static final Pattern OTHER_DENIED = Pattern.compile(
            "(?:(?:it|this)\\s+(?:\\w+\\s+)?(?:\\w+n't|cannot|not)(?:\\s+(?:[^.,;]*?\\s)?(?:be|is))?|(?:and\\s+)?not|rather\\s+than|instead\\s+of)"
                    + "\\s+(?:option\\s+|choice\\s+)?\\(?([A-J])\\b\\)?(?:\\s*(?:,|or|and|nor)\\s*\\(?[A-J]\\b\\)?)*+");
    private static final Pattern TEXT = Pattern.compile("\\\\(?:text|mbox|math)[a-z]*\\s*\\{\\s*(?=[\\p{L}'])");

    private static final Pattern THING = Pattern.compile("(?:an?|the)\\s+\\p{L}");
    private static final Pattern LABEL = Pattern.compile("\\b(?:answer|choice|option|letter|label|one)\\b");

    /** Where a clause about a value ends. */
    private static final Pattern CLAUSE = Pattern.compile("[.,;:!?]\\s|\\b(?:because|since|as)\\b");

    /** Verbs that make a sentence of words behind a value. */
    private static final Pattern PREDICATE = Pattern.compile(
            "\\b(?:is|are|was|were|be|cannot|can|could|may|might|must|should|would|will|does|did|has|had|not)\\b|n't\\b");

    /** What reading a value may cost. */
    private static final long WORK = 500;

    private Chosen() {}

    /** Whether a label is chosen that this follows, to the end of its line. */
    static boolean by(String following, String label) {
        Matcher marks = MARKS.matcher(following);
        String rest = marks.lookingAt() ? following.substring(marks.end()) : following;
        if (rest.isEmpty() || isAsserted(rest)) {
            return true;
        }
        Matcher other = OTHER_DENIED.matcher(rest);
        if (other.lookingAt()) {
            return !other.group(1).equals(label);
        }
        Matcher text = TEXT.matcher(rest);
        String words = text.lookingAt() ? rest.substring(text.end()) : rest;
        char first = words.charAt(0);
        if (Character.isLetter(first)) {
            return !Character.isLowerCase(first) || isThing(words) || isFormula(words);
        }
        return first != '?' && isFormula(rest);
    }

    /** What is left of the line where it begins by denying another label: "(A), not (B) but (C)" still names C. */
    static String withoutDenial(String following, String label) {
        Matcher marks = MARKS.matcher(following);
        int from = marks.lookingAt() ? marks.end() : 0;
        Matcher other = OTHER_DENIED.matcher(following).region(from, following.length());
        return other.lookingAt() && !other.group(1).equals(label) ? following.substring(other.end()) : following;
    }

    private static boolean isThing(String words) {
        return THING.matcher(words).lookingAt() && !LABEL.matcher(words).find();
    }

    /** "is correct", "because ...": what says that the label before it is the answer. */
    static boolean isAsserted(String rest) {
        return ASSERTED.matcher(rest).lookingAt() || REASON.matcher(rest).lookingAt();
    }

    /** A value with or without a name for what it counts, about which nothing is said. */
    private static boolean isFormula(String rest) {
        Matcher end = CLAUSE.matcher(rest);
        String clause = end.find() ? rest.substring(0, end.start()) : rest;
        return !PREDICATE.matcher(clause).find() && reads(clause);
    }

    private static boolean reads(String clause) {
        String plain = Notation.unwrapped(clause);
        try {
            return plain.isEmpty()
                    || Character.isDigit(plain.charAt(0))
                    || !(Answers.read(plain, CommaReading.THOUSANDS, new Budget(WORK)) instanceof Node.Words);
        } catch (Budget.Exhausted | ArithmeticException tooMuch) {
            return true;
        }
    }
}
