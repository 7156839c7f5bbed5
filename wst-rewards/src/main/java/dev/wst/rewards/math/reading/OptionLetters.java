package dev.wst.rewards.math.reading;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the letter of a multiple choice. A label stands in brackets or has a bracket, a stop or a colon behind it, and may
 * be followed by the value of its option or by what {@linkplain Chosen leaves it chosen}. What names several labels, or
 * says something else about one, chooses none of them.
 */
public final class OptionLetters {
    /**
     * An option.
     *
     * @param label its letter
     * @param value what stands behind the label
     */
    public record Option(String label, String value) {
        /** Whether a student who writes this says that the label is the answer. */
        public boolean isChosen() {
            return Chosen.by(value, label);
        }
    }

    private static final Pattern LEADING = Pattern.compile(
            "^[*_\\s]*+(?:(?:option|choice)\\b)?\\s*(?:\\(([A-J])\\)|([A-J])(?=\\s*(?:$|\\)|[.:](?=\\s|$|\\*)|\n|,|\\*\\*)))",
            Pattern.CASE_INSENSITIVE);
    /** A bare letter at the beginning, and what follows; I is a word there. */
    private static final Pattern SUBJECT = Pattern.compile(
            "^[*_\\s]*+(?:(?:[Oo]ption|[Cc]hoice)\\s+)?([A-HJ])[*_]*(?:\\s+|,\\s*)(\\p{Ll}.*)", Pattern.DOTALL);

    private static final Pattern NAMED = Pattern.compile(
            "\\b(option|choice|choose|select|pick)\\s+(?:is\\s+)?[*_(]*([A-J])[)*_]*(?=[\\s.,:;!?]|$)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LABELLED =
            Pattern.compile("(?:\\(([A-J])\\)|([A-J])[.:)])(?:\\s|~|\\\\[ ,;:])*+(?<=[\\s~,;])(\\S.*)", Pattern.DOTALL);
    private static final Pattern LETTER = Pattern.compile("\\(?([A-J])\\)?");
    private static final Pattern CALLED = Pattern.compile("(?:[Oo]ption|[Cc]hoice)\\s+(\\(?[A-J]\\)?)");

    /** A label set in a style of its own, alone or with its value. */
    private static final Pattern STYLED = Pattern.compile(
            "(\\(?)\\\\(?:text|mbox|math)[a-z]*\\s*\\{\\s*(?=(?:[Oo]ption |[Cc]hoice )?\\s*\\(?[A-J](?:[).:}]|$|\\s+(?:is|must)\\s))");

    /** A label with its marks anywhere in a text; the (C) of P(C) and the C of 25 C) are none. */
    private static final Pattern LABEL =
            Pattern.compile("(?<![\\p{L}\\p{N}_^}])(?:\\(([A-J])\\)|(?<!\\()([A-J])(?:\\)|[.:](?=\\s)))");

    private static final Pattern JOINED = Pattern.compile(
            "\\s*+(?:[),]*\\s*+(?:,|/|&|\\bx?or\\b|\\band\\b))++\\s*+(?:option\\s+|choice\\s+)?\\(?([A-J])(?![\\p{L}\\p{N}'_^(])");
    private static final Pattern BINARY =
            Pattern.compile("[+*/=^<>]|-\\s|\\\\(?:cdot|times|div|cup|cap|subset|in|to)\\b");

    /** What stands behind gives reasons and may speak of other labels. */
    private static final Pattern REASON = Pattern.compile("[,;]?\\s(?:because|since|as)\\s");

    private static final Pattern TO_BE = Pattern.compile("\\s+to\\s");

    /** How far what is said about a label inside a text is looked at. */
    private static final int LONGEST = 200;

    private OptionLetters() {}

    /** The label that is all of a text, with or without brackets. */
    public static Optional<String> label(String text) {
        Matcher letter = LETTER.matcher(text);
        return letter.matches() ? Optional.of(letter.group(1)) : Optional.empty();
    }

    /** "option A" and "A is correct" in any style as the label alone; any other text as it is. */
    public static String bare(String text) {
        boolean asserted = text.contains(" is ") || text.contains(" must ");
        if (!asserted && !text.contains("ption ") && !text.contains("hoice ")) {
            return text;
        }
        String plain = plain(text).strip();
        Matcher called = CALLED.matcher(plain);
        if (called.matches()) {
            return called.group(1);
        }
        return asserted ? subject(plain).orElse(text) : text;
    }

    /** A text whose first label has no style of its own. */
    private static String plain(String text) {
        Matcher styled = STYLED.matcher(text);
        if (!styled.lookingAt()) {
            return text;
        }
        int close = Brackets.of(text).closing(text.indexOf('{'));
        if (close < 0) {
            return text;
        }
        String gap = styled.group(1).isEmpty() ? " " : "";
        return styled.group(1) + text.substring(styled.end(), close).strip() + gap + text.substring(close + 1);
    }

    /** The option that is all of a text: one label and a value, as in "(B) 5", but no product or sum of the letter. */
    public static Optional<Option> option(String text) {
        if (!mayBeOption(text)) {
            return Optional.empty();
        }
        Matcher option = LABELLED.matcher(plain(text));
        if (!option.matches()) {
            return Optional.empty();
        }
        String label = option.group(1) == null ? option.group(2) : option.group(1);
        String value = option.group(3).strip();
        boolean single = !BINARY.matcher(value).lookingAt() && !namesOther(value, label);
        return single ? Optional.of(new Option(label, value)) : Optional.empty();
    }

    /** Spares the pattern most answers. */
    private static boolean mayBeOption(String text) {
        if (text.length() < 4) {
            return false;
        }
        char first = text.charAt(0);
        boolean bare = first >= 'A' && first <= 'J' && ".:)".indexOf(text.charAt(1)) >= 0;
        return bare || first == '(' || (first == '\\' && STYLED.matcher(text).lookingAt());
    }

    /** The letter with which the text begins, as in "D. it cannot be A", "(D) Alina", "D"; none if others follow as labels. */
    public static Optional<String> leading(CharSequence text) {
        Matcher matcher = LEADING.matcher(text);
        if (!matcher.find()) {
            return subject(text);
        }
        String letter = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        String following = firstLine(text, matcher.end());
        boolean chosen = Character.isUpperCase(letter.charAt(0))
                && !namesOther(Chosen.withoutDenial(following, letter), letter)
                && Chosen.by(following, letter);
        return chosen ? Optional.of(letter) : Optional.empty();
    }

    /** The bare letter of "A is correct" and "A because ...". */
    private static Optional<String> subject(CharSequence text) {
        Matcher matcher = SUBJECT.matcher(text);
        boolean chosen = matcher.find()
                && Chosen.isAsserted(matcher.group(2))
                && !namesOther(firstLine(matcher.group(2), 0), matcher.group(1));
        return chosen ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String firstLine(CharSequence text, int from) {
        String rest = text.subSequence(from, text.length()).toString();
        int end = rest.stripLeading().indexOf('\n');
        return end < 0 ? rest : rest.substring(0, end);
    }

    /** Whether what follows a label names another one: with its marks, or joined to the first by a comma or conjunction. */
    private static boolean namesOther(String following, String label) {
        Matcher joined = JOINED.matcher(following);
        if (joined.lookingAt() && !joined.group(1).equals(label)) {
            return true;
        }
        Matcher reason = REASON.matcher(following);
        String stated = reason.find() ? following.substring(0, reason.start()) : following;
        Matcher other = LABEL.matcher(stated);
        while (other.find()) {
            if (!label.equals(other.group(1) == null ? other.group(2) : other.group(1))) {
                return true;
            }
        }
        return false;
    }

    /** The letter with which the text begins, or else the last that is called an option or choice, unless others join it. */
    public static Optional<String> in(CharSequence text) {
        Optional<String> leading = leading(text);
        if (leading.isPresent()) {
            return leading;
        }
        String last = "";
        boolean several = false;
        int end = 0;
        Matcher matcher = NAMED.matcher(text);
        while (matcher.find()) {
            String letter = matcher.group(2);
            if (Character.isUpperCase(letter.charAt(0)) && isTaken(text, matcher, letter)) {
                String gap = text.subSequence(Math.min(end, matcher.start()), matcher.start())
                        .toString();
                boolean joins = !last.isEmpty() && !letter.equals(last) && gap.matches("[\\s,/]*(?:or|and)?\\s*");
                Matcher joined = JOINED.matcher(text).region(matcher.end(), text.length());
                several = joins || (joined.lookingAt() && !letter.equals(joined.group(1)));
                last = letter;
                end = matcher.end();
            }
        }
        return last.isEmpty() || several ? Optional.empty() : Optional.of(last);
    }

    /** "option A" is the subject of what follows; in "choose A" it is what is chosen, unless to be something. */
    private static boolean isTaken(CharSequence text, Matcher named, String letter) {
        String following = firstLine(text.subSequence(named.end(), Math.min(text.length(), named.end() + LONGEST)), 0);
        boolean noun = Character.toLowerCase(named.group(1).charAt(0)) == 'o'
                || named.group(1).equalsIgnoreCase("choice");
        return noun
                ? isJoined(following) || Chosen.by(following, letter)
                : !TO_BE.matcher(following).lookingAt();
    }

    /** Other labels that follow at once are judged with this one. */
    private static boolean isJoined(String following) {
        return JOINED.matcher(following).lookingAt();
    }
}
