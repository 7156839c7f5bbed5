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

/** Finds what follows "the answer is", "Final answer:", "A:" at the start of a line, and their kin in other languages. */
public final class Phrases {
    private static final int LONGEST = 400;
    private static final String VERBS = "(?:is|are|was|est|es|ist|\u00E8|\u00E9|(?:should|must|would|will) be)\\b";
    private static final Pattern PHRASE = Pattern.compile(
            "\\b(?:answers?|solution|r[e\u00E9]ponse|respuesta|antwort|risposta|resposta|odpowied\u017A)\\b(?: choice| option)?[*_`]{0,4}"
                    + "(?: to [^.:\n$]{1,60}?(?=[ \t]+" + VERBS + "|[ \t]*:))?"
                    + "(?:[ \t]*" + VERBS + ")?[*_]{0,4}"
                    + "(?<mark>[ \t]*[:=][*_]{0,4})?"
                    + "|\\b(?:ANSWER)\\b"
                    + "|(?:\u7B54\u6848|\u7D50\u8AD6|\u7ED3\u8BBA)[\u662F\u4E3A\u70BA:\\s*]+"
                    + "|(?:\u043E\u0442\u0432\u0435\u0442|\u7B54\u3048)\\s*(?:\u306F)?[*_]*\\s*:?"
                    + "|^[ \t]*A:",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.MULTILINE);
    private static final Pattern VERB = Pattern.compile(
            "(?:is|are|was|est|es|ist|\u00E8|\u00E9|be)[*_]{0,4}[ \t]*:?[*_]{0,4}$|[:=][*_]{0,4}$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TAIL = Pattern.compile("(?i)\\.?\\s*I hope (?:it|this) is correct");

    /** What may be a number that a denied sentence denies. */
    private static final Pattern NUMBER = Pattern.compile("[\\d$\\\\]");

    private Phrases() {}

    /**
     * A phrase and what it announces.
     *
     * @param start where the phrase begins
     * @param phrase the phrase itself
     * @param sentence what follows, to the end of the sentence or line
     * @param verb whether the phrase says that something is the answer
     * @param denied whether it says what is not the answer, and nothing besides
     * @param end where what follows ends
     */
    record Announcement(int start, String phrase, String sentence, boolean verb, boolean denied, int end) {}

    /**
     * The answers after such phrases, in order.
     *
     * @param budget pays for looking at them, the last first; of those that it cannot pay for only a part is taken
     */
    public static List<String> in(CharSequence text, Budget budget) {
        List<Announcement> announcements = announcements(text);
        List<String> found = new ArrayList<>();
        for (int i = announcements.size() - 1; i >= 0; i--) {
            answer(announcements.get(i).sentence(), budget).ifPresent(found::add);
        }
        Collections.reverse(found);
        return found;
    }

    /** Every phrase that announces something, in order; what another phrase announces belongs to that one. */
    static List<Announcement> announcements(CharSequence text) {
        return all(text).stream().filter(announcement -> !announcement.denied()).toList();
    }

    /** Where the last sentence ends that says of a number or formula that it is not the answer; 0 if there is none. */
    public static int endOfDenied(CharSequence text) {
        return all(text).stream()
                .filter(said -> said.denied() && NUMBER.matcher(said.sentence()).find())
                .mapToInt(Announcement::end)
                .max()
                .orElse(0);
    }

    private static List<Announcement> all(CharSequence text) {
        List<Integer> starts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        Matcher matcher = PHRASE.matcher(text);
        while (matcher.find()) {
            if (announces(text, matcher)) {
                starts.add(matcher.start());
                ends.add(matcher.end());
            }
        }
        List<Announcement> found = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int next = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
            found.add(announcement(text, starts.get(i), ends.get(i), next));
        }
        return found;
    }

    private static Announcement announcement(CharSequence text, int start, int from, int next) {
        String phrase = text.subSequence(start, from).toString();
        int end = end(text, from, next);
        int denial = Denials.leading(text, from);
        if (denial >= end) {
            end = end(text, denial, next);
        }
        String sentence = text.subSequence(begin(text, from, end), end).toString();
        Matcher tail = TAIL.matcher(sentence);
        sentence = (tail.find() ? sentence.substring(0, tail.start()) : sentence).strip();
        String given = Denials.ofPhrase(text, start) ? "" : Denials.given(sentence);
        boolean denied = !given.equals(sentence) && !NUMBER.matcher(given).find();
        boolean verb = VERB.matcher(phrase).find();
        return new Announcement(start, phrase, denied ? sentence : given, verb, denied, end);
    }

    /** "answer" alone announces something only right before a formula, a number or a denial of one. */
    private static boolean announces(CharSequence text, Matcher matcher) {
        String phrase = matcher.group();
        if (phrase.codePoints().anyMatch(c -> c > 0x400) || VERB.matcher(phrase).find()) {
            return true;
        }
        String rest = text.subSequence(matcher.end(), Math.min(text.length(), matcher.end() + 8))
                .toString()
                .stripLeading();
        boolean number = !rest.isEmpty()
                && (rest.charAt(0) == '$' || rest.charAt(0) == '\\' || Character.isDigit(rest.charAt(0)));
        return number || Denials.leading(text, matcher.end()) >= 0;
    }

    /** What is announced begins behind blanks, line breaks, marks of emphasis, and the mark of a quoted line. */
    private static int begin(CharSequence text, int start, int end) {
        int from = start;
        while (from < end && (Character.isWhitespace(text.charAt(from)) || text.charAt(from) == '*')) {
            from++;
        }
        boolean quote = from > start && from + 1 < end && text.charAt(from - 1) == '\n' && text.charAt(from) == '>';
        return quote && text.charAt(from + 1) == ' ' ? from + 2 : from;
    }

    /**
     * The end of the sentence or line that begins at {@code start}; of the next line if nothing else stands on this one. What another
     * phrase announces belongs to that one.
     */
    private static int end(CharSequence text, int start, int nextPhrase) {
        int from = begin(text, start, nextPhrase);
        int limit = Math.min(nextPhrase, from + LONGEST);
        int end = from;
        boolean formula = false;
        while (end < limit && !(text.charAt(end) == '\n' && !formula)) {
            int delimiter = delimiter(text, end);
            formula = delimiter > 0 ? opens(text, end, formula) : formula;
            if (!formula && stops(text, end, from)) {
                break;
            }
            end = Math.min(limit, end + Math.max(1, delimiter));
        }
        return end;
    }

    /** The length of the delimiter of a formula here, which may stand on lines of its own; 0 if there is none. */
    private static int delimiter(CharSequence text, int at) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (text.charAt(at) == '$') {
            return next == '$' ? 2 : 1;
        }
        boolean escaped = at > 0 && text.charAt(at - 1) == '\\';
        return text.charAt(at) == '\\' && !escaped && "[]()".indexOf(next) >= 0 ? 2 : 0;
    }

    private static boolean opens(CharSequence text, int delimiter, boolean before) {
        char c = text.charAt(delimiter) == '$' ? '$' : text.charAt(delimiter + 1);
        return c == '$' ? !before : c == '[' || c == '(';
    }

    private static boolean stops(CharSequence text, int at, int from) {
        char c = text.charAt(at);
        if (c == '\u3002') {
            return true;
        }
        boolean end = c == '.' || (c == '!' && at > from && Character.isLetter(text.charAt(at - 1)));
        return end && at > from && (at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1)));
    }

    /** The answer within a sentence: the whole, what it begins with, or the last formula or number in it. */
    private static Optional<String> answer(String sentence, Budget budget) {
        String bare = Quotes.spoken(sentence);
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> amount = Amounts.leading(bare);
        if (amount.isPresent() || Answers.standsAlone(bare, budget)) {
            return Optional.of(amount.orElse(bare));
        }
        Optional<String> letter = OptionLetters.leading(bare);
        if (letter.isPresent()) {
            return letter;
        }
        Optional<String> part = LastPart.leadingOrLast(bare);
        return part.isPresent() ? part : shortText(bare);
    }

    private static Optional<String> shortText(String text) {
        return text.length() <= 80 && text.split("\\s+").length <= 8 ? Optional.of(text) : Optional.empty();
    }
}
