package dev.wst.rewards.math.finding;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.reading.Answers;
import dev.wst.rewards.math.reading.OptionLetters;
import dev.wst.rewards.math.reading.SpokenNumbers;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds an answer that is announced behind the last marked one. It counts only where it is said outright: "the answer is"
 * or "Answer:", in the present, under no condition, about no earlier or wrong answer, and followed at once by a number, a
 * formula or the label of a choice.
 */
public final class Corrections {
    private static final Pattern ANNOUNCED = Pattern.compile(
            "(?:^|[^\\p{L}]|\\b(?:the|my|our|final|correct|corrected|right|revised|new|updated|actual|true|choice)[ \\t*_]+)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DOUBTED = Pattern.compile(
            "\\b(?:if|unless|had|suppose|supposing|assuming|would|could|might|wrong|incorrect|previous|earlier|original|originally|first)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_NOW = Pattern.compile("\\b(?:was|be|solutions?)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern SAYS_SOMETHING = Pattern.compile("[\\d\\\\=$]");

    private Corrections() {}

    /**
     * The last answer announced at or after a place.
     *
     * @param budget pays for looking at them
     */
    public static Optional<String> behind(String text, int from, Budget budget) {
        String tail = text.substring(from);
        Optional<String> last = Optional.empty();
        for (Phrases.Announcement announcement : Phrases.announcements(tail)) {
            if (isOutright(tail, announcement)) {
                Optional<String> answer = definite(announcement.sentence(), budget);
                last = answer.isPresent() ? answer : last;
            }
        }
        return last;
    }

    private static boolean isOutright(String tail, Phrases.Announcement announcement) {
        int start = announcement.start();
        int begin = Math.max(tail.lastIndexOf('\n', start - 1), tail.lastIndexOf(". ", start - 1)) + 1;
        String before = tail.substring(Math.min(begin, start), start);
        return announcement.verb()
                && !NOT_NOW.matcher(announcement.phrase()).find()
                && ANNOUNCED.matcher(before).find()
                && !DOUBTED.matcher(before).find();
    }

    /** The answer with which the sentence begins, if it says something. */
    private static Optional<String> definite(String sentence, Budget budget) {
        String bare = Quotes.spoken(sentence);
        Optional<String> label = OptionLetters.leading(bare);
        if (label.isPresent() || bare.isEmpty()) {
            return label;
        }
        Optional<String> amount = Amounts.leading(bare);
        if (amount.isPresent()) {
            return amount;
        }
        if (Answers.standsAlone(bare, budget)) {
            boolean says = SAYS_SOMETHING.matcher(bare).find()
                    || SpokenNumbers.read(bare).isPresent();
            return says ? Optional.of(bare) : Optional.empty();
        }
        return LastPart.leading(bare)
                .filter(part -> SAYS_SOMETHING.matcher(part).find());
    }
}
