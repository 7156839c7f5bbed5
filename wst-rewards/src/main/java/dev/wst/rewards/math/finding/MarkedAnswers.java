package dev.wst.rewards.math.finding;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.reading.Answers;
import dev.wst.rewards.math.reading.OptionLetters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds answers after {@code ####} and in {@code <answer>} tags. */
public final class MarkedAnswers {
    private static final Pattern NUMBERED_HEADING = Pattern.compile("\\d+(?:(?:st|nd|rd|th)\\b|[.):]\\s+\\p{L})");
    private static final Pattern NUMBER_FIRST =
            Pattern.compile("[-+]?\\s?(?:\\\\?[$\u20AC\u00A3\u00A5])?\\s?[-+]?\\.?\\d");

    private static final Pattern TAG = Pattern.compile("</?answer>", Pattern.CASE_INSENSITIVE);

    private static final Pattern TEXT = Pattern.compile("\\\\(?:text|mbox|textrm)\\s?\\{([^{}]*+)\\}");
    private static final Pattern WORDS = Pattern.compile("(?<![\\\\\\p{L}])\\p{L}{2}");

    private MarkedAnswers() {}

    /**
     * What follows {@code ####}, up to the next or the end of the line, where that is an answer and not a heading; in order.
     *
     * @param budget pays for looking at them, the last first; those that it cannot pay for count as headings
     */
    public static List<String> hashes(String text, Budget budget) {
        List<String> found = new ArrayList<>();
        int limit = text.length();
        List<Integer> marks = marks(text);
        for (int i = marks.size() - 1; i >= 0; i--) {
            int at = marks.get(i);
            int from = afterMark(text, at);
            String line = Quotes.spoken(beforeTag(text.substring(from, endOfLine(text, from, limit))));
            Optional<String> amount =
                    isHeading(line) ? Optional.empty() : Amounts.leading(line).or(() -> refused(line));
            if (from - at == 4 && !Placeholders.isOne(line) && (amount.isPresent() || isAnswer(line, budget))) {
                found.add(amount.orElse(line));
            }
            limit = at;
        }
        Collections.reverse(found);
        return found;
    }

    /** A line that denies its number, or says but a bound of it, as it stands: an answer, and none that is right. */
    private static Optional<String> refused(String line) {
        List<Piece> numbers = Numbers.in(line);
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        Piece last = numbers.get(numbers.size() - 1);
        boolean refused =
                Denials.leading(line, 0) >= 0 || Bounds.said(line, last).isPresent();
        return refused ? Optional.of(line) : Optional.empty();
    }

    /** Where the last line after {@code ####} or the last tag ends; 0 if there is neither. */
    public static int end(String text) {
        List<Integer> marks = marks(text);
        int hashes = marks.isEmpty() ? 0 : endOfLine(text, afterMark(text, marks.get(marks.size() - 1)), text.length());
        int tags = 0;
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            tags = tag.group().charAt(1) == '/' ? tag.end() : text.length();
        }
        return Math.max(hashes, tags);
    }

    private static List<Integer> marks(String text) {
        List<Integer> marks = new ArrayList<>();
        int at = text.indexOf("####");
        while (at >= 0) {
            marks.add(at);
            at = text.indexOf("####", afterMark(text, at));
        }
        return marks;
    }

    private static int afterMark(String text, int at) {
        int from = at;
        while (from < text.length() && text.charAt(from) == '#') {
            from++;
        }
        return from;
    }

    private static int endOfLine(String text, int from, int limit) {
        int end = from;
        while (end < limit && text.charAt(end) != '\n') {
            end++;
        }
        return end;
    }

    private static String beforeTag(String line) {
        Matcher tag = TAG.matcher(line);
        return tag.find() ? line.substring(0, tag.start()) : line;
    }

    /**
     * The answer in a tag that holds a sentence: what is announced in it, its first line if that alone is an answer, or its
     * only number. What is an answer by itself, begins with a number, or gives several or none, is taken whole.
     *
     * @param budget pays for looking at it
     */
    public static String inTag(String content, Budget budget) {
        List<Piece> numbers = Numbers.in(content);
        if (numbers.isEmpty() || Answers.standsAlone(content, budget)) {
            return content;
        }
        Optional<String> announced = announced(content, budget);
        if (announced.isPresent()) {
            return announced.get();
        }
        String first = content.substring(0, endOfLine(content, 0, content.length()));
        if (first.length() < content.length() && Answers.standsAlone(Quotes.stripped(first), budget)) {
            return first;
        }
        boolean only = numbers.size() == 1 && Formulas.in(content).size() <= 1;
        boolean behindWords =
                WORDS.matcher(content.substring(0, numbers.get(0).start())).find();
        return only && behindWords ? LastPart.number(content).orElse(content) : content;
    }

    /** What is announced in a box that holds a sentence, "the answer is 5". */
    public static Optional<String> announced(String content, Budget budget) {
        if (OptionLetters.option(content).isPresent()) {
            return Optional.empty();
        }
        List<String> announced = Phrases.in(TEXT.matcher(content).replaceAll("$1"), budget);
        return announced.isEmpty() ? Optional.empty() : Optional.of(announced.get(announced.size() - 1));
    }

    private static boolean isHeading(String line) {
        return NUMBERED_HEADING.matcher(line).lookingAt();
    }

    private static boolean isAnswer(String line, Budget budget) {
        if (line.isEmpty() || isHeading(line)) {
            return false;
        }
        return NUMBER_FIRST.matcher(line).lookingAt() || Answers.standsAlone(line, budget);
    }

    /** The contents of {@code <answer>} tags, the innermost of nested ones; a tag left open reaches to the end. In order. */
    public static List<String> tags(String text) {
        List<String> found = new ArrayList<>();
        Matcher tag = TAG.matcher(text);
        int open = -1;
        while (tag.find()) {
            boolean closes = tag.group().charAt(1) == '/';
            if (closes && open >= 0) {
                add(found, text.substring(open, tag.start()));
            }
            open = closes ? -1 : tag.end();
        }
        if (open >= 0) {
            add(found, text.substring(open));
        }
        return found;
    }

    private static void add(List<String> found, String content) {
        if (!content.isBlank() && !Placeholders.isOne(content)) {
            found.add(content.strip());
        }
    }
}
