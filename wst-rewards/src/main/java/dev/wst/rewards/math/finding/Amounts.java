package dev.wst.rewards.math.finding;

import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.reading.SpokenNumbers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an amount out of prose: a number with all that belongs to it. "3 1/2", "2-1/2" and "2 and 1/2" are one number, as is
 * "1 200"; "negative 5", "5 tens" and "5 over two" are not 5.
 */
final class Amounts {
    private static final Pattern WHOLE = Pattern.compile("[-$\\\\]*(?:\\d{1,3}(?:[ \\u00A0,]\\d{3})*|\\d+)");
    private static final Pattern FRACTION = Pattern.compile("(\\d{1,4})/(\\d{1,4})");
    private static final Pattern GROUP = Pattern.compile("\\d{3}(?:\\.\\d+)?%?");
    private static final Pattern GROUPED = Pattern.compile("[-$\\\\]*[1-9]\\d{0,2}(?: \\d{3})*");
    private static final Pattern MIXED_GAP = Pattern.compile(" |-| and | & ");
    private static final Pattern NEXT_WORDS = Pattern.compile("[ -]\\w+(?:[ -]\\w+)?(?:[ -]\\w+)?");
    private static final Pattern SIGN_WORD = Pattern.compile("\\b(?:negative|minus) $", Pattern.CASE_INSENSITIVE);
    private static final Pattern LEADING_MARKS = Pattern.compile("[*_\\s(]*");

    /** A word of at least two letters that belongs to no command. */
    private static final Pattern WORD = Pattern.compile("(?<![\\\\\\p{L}])\\p{L}{2,}");

    private static final Pattern LABEL = Pattern.compile("(?:[ \\-]?(?!(?:and|or|to)\\b)\\p{L}[\\p{L}'/]*)*+");
    private static final Pattern DASH = Pattern.compile("^-{1,3}\\s+(?=\\p{L}{2,})");
    private static final Pattern MORE =
            Pattern.compile("(?:,|;)?\\s*(?:(?:and|or|to)\\b|[,;/&])\\s*(\\S+).*", Pattern.DOTALL);

    /** More words behind a numeral in words are no label. */
    private static final int LONGEST_LABEL = 3;

    private Amounts() {}

    /** The last amount that a text gives, remarks behind it aside; a bound as it is said, a group of numbers as a whole. */
    static Optional<String> last(String text) {
        String stated = Remarks.without(text);
        List<Piece> numbers = Numbers.in(stated);
        return numbers.isEmpty() ? lastOf(text, Numbers.in(text)) : lastOf(stated, numbers);
    }

    private static Optional<String> lastOf(String text, List<Piece> numbers) {
        int index = Given.last(text, numbers);
        if (index < 0) {
            return Optional.empty();
        }
        return Bounds.said(text, numbers.get(index))
                .or(() -> Groups.endingWith(text, numbers.get(index)))
                .or(() -> Optional.of(amount(text, numbers, index)));
    }

    /** The number at an index with the numbers before it that belong to it and the words around it that change it. */
    private static String amount(String text, List<Piece> numbers, int index) {
        Piece last = numbers.get(index);
        String value = last.text();
        int start = last.start();
        for (int i = index - 1; i >= 0; i--) {
            Piece before = numbers.get(i);
            Optional<String> joined = joined(before.text(), text.substring(before.end(), start), value);
            if (joined.isEmpty()) {
                break;
            }
            value = joined.get();
            start = before.start();
        }
        return worded(text, value, start, last.end());
    }

    private static Optional<String> joined(String before, String gap, String value) {
        if (gap.length() > 5 || !WHOLE.matcher(before).matches()) {
            return Optional.empty();
        }
        Matcher fraction = FRACTION.matcher(value);
        if (fraction.matches() && MIXED_GAP.matcher(gap).matches()) {
            boolean proper = Integer.parseInt(fraction.group(1)) < Integer.parseInt(fraction.group(2));
            return proper ? Optional.of(before + " " + value) : Optional.empty();
        }
        boolean grouped = gap.equals(" ") && GROUPED.matcher(before).matches() && startsWithGroup(value);
        return grouped ? Optional.of(before + "," + value) : Optional.empty();
    }

    private static boolean startsWithGroup(String value) {
        int comma = value.indexOf(',');
        return GROUP.matcher(comma < 0 ? value : value.substring(0, comma)).matches();
    }

    /** A sign in words before the number, and behind it words that make another number of it. */
    private static String worded(String text, String value, int start, int end) {
        String sign = SIGN_WORD
                        .matcher(text.substring(Math.max(0, start - 10), start))
                        .find()
                ? "-"
                : "";
        Matcher words = NEXT_WORDS.matcher(text).region(end, text.length());
        if (words.lookingAt()) {
            String following = words.group();
            while (!following.isEmpty()) {
                Optional<Rational> whole = SpokenNumbers.read(value + following);
                if (whole.isPresent()) {
                    return sign + value + following;
                }
                following = following.substring(
                        0, Math.max(0, Math.max(following.lastIndexOf(' '), following.lastIndexOf('-'))));
            }
        }
        return sign + value;
    }

    /**
     * The amount with which a line of prose begins, as in "42 apples in 3 baskets", "42 (forty-two)" or "forty-two apples";
     * empty if the line is a formula, begins otherwise, or goes on with another amount, as "42 or 43" does.
     */
    static Optional<String> leading(String line) {
        if (!WORD.matcher(line).find()) {
            return Optional.empty();
        }
        Matcher marks = LEADING_MARKS.matcher(line);
        int from = marks.lookingAt() ? marks.end() : 0;
        Optional<String> spoken = spoken(line.substring(from));
        if (spoken.isPresent()) {
            return spoken;
        }
        List<Piece> numbers = Numbers.in(line);
        if (numbers.isEmpty() || numbers.get(0).start() > from) {
            return Optional.empty();
        }
        int index = numbers.size() > 1 ? lastOfFirst(line, numbers) : 0;
        Optional<String> bound = Bounds.said(line, numbers.get(index));
        if (bound.isPresent()) {
            return bound;
        }
        String amount = amount(line, numbers, index);
        int end = numbers.get(index).end();
        Matcher label = LABEL.matcher(line).region(end, line.length());
        int labelEnd = label.lookingAt() ? label.end() : end;
        String rest = line.substring(labelEnd);
        if (!endsAmount(rest, labelEnd > end) || goesOn(rest)) {
            return Optional.empty();
        }
        boolean changed = !amount.equals(numbers.get(index).text()) && index == 0;
        return Optional.of(changed || !rest.isBlank() ? amount : amount + line.substring(end, labelEnd));
    }

    /** The index of the last number that is part of the first amount. */
    private static int lastOfFirst(String line, List<Piece> numbers) {
        int index = 0;
        String value = numbers.get(0).text();
        while (index + 1 < numbers.size()) {
            Piece next = numbers.get(index + 1);
            Optional<String> joined =
                    joined(value, line.substring(numbers.get(index).end(), next.start()), next.text());
            if (joined.isEmpty()) {
                break;
            }
            value = joined.get();
            index++;
        }
        return index;
    }

    /** Behind the number, or its label, prose goes on: a space and a word, a comma, a bracket with words; no operator. */
    private static boolean endsAmount(String rest, boolean labelled) {
        String next = DASH.matcher(rest.strip()).replaceFirst(", ");
        if (next.isEmpty() || labelled) {
            return next.isEmpty() || "+-*/^=<>\\".indexOf(next.charAt(0)) < 0;
        }
        boolean prose = Character.isLetter(next.charAt(0)) || ".,;:".indexOf(next.charAt(0)) >= 0;
        boolean remark = (next.charAt(0) == '(' || next.charAt(0) == '[')
                && WORD.matcher(next).find();
        return prose || remark;
    }

    private static boolean goesOn(String rest) {
        Matcher more = MORE.matcher(rest.strip());
        if (!more.matches()) {
            return false;
        }
        String next = more.group(1).replaceFirst("^[\\\\$(\\-*]+", "");
        return !next.isEmpty()
                && (Character.isDigit(next.charAt(0))
                        || SpokenNumbers.begins(next.toLowerCase(Locale.ROOT).replaceFirst("\\W.*", "")));
    }

    /** A numeral in words, perhaps with a label behind it. */
    private static Optional<String> spoken(String line) {
        String[] words = line.split("\\s+", 12);
        if (!SpokenNumbers.begins(words[0].replaceFirst("-.*", ""))) {
            return Optional.empty();
        }
        for (int count = Math.min(words.length, 11); count > 0; count--) {
            String numeral = String.join(" ", List.of(words).subList(0, count)).replaceFirst("[.,;:]+$", "");
            if (SpokenNumbers.read(numeral).isPresent()) {
                List<String> rest = List.of(words).subList(count, words.length);
                boolean on = rest.size() > LONGEST_LABEL
                        || goesOn(String.join(" ", rest))
                        || (!rest.isEmpty() && SpokenNumbers.begins(rest.get(0)));
                return on ? Optional.empty() : Optional.of(numeral);
            }
        }
        return Optional.empty();
    }
}
