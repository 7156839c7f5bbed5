package dev.wst.rewards.math.finding;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what a text denies, so that a number in it is not given: "not 5", "can't be 5", "anything but 5", "5 is wrong". A
 * denial reaches a number over words that say nothing by themselves and over the numbers of a list.
 */
final class Denials {
    private static final String GAP = "[\\s,*_:]*+";
    private static final String DENIAL = "(?<![\\p{L}'])(?:not|never|neither|nor|cannot|\\p{L}{2,8}n't|unlikely|hardly"
            + "|(?:any|every)(?:thing|one)? but|far from|(?<!none )other than|different from|rather than|instead of"
            + "|wrong|incorrect|false)(?![\\p{L}'])" + GAP;
    private static final String LIST =
            "(?:" + Filling.NUMBER + "(?:,\\s?" + Filling.NUMBER + "){0,9},?\\s(?:or|and|nor)\\s)?";
    private static final int REACH = 100;

    private static final Pattern LEADING = Pattern.compile(
            GAP + Filling.ANY + "(?:(?:can|could|must|should|will|would|does|do|may|might)\\s)?" + DENIAL,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BEFORE =
            Pattern.compile(DENIAL + Filling.ANY + LIST + "[$\\\\(\\[{*_\\s]*+$", Pattern.CASE_INSENSITIVE);
    private static final Pattern BEHIND = Pattern.compile(
            "[$\\\\)\\]}*_\\s]*+(?:(?:is|are|was|were)(?:n't|\\s+not)|cannot be|can't be)\\s+"
                    + "(?:(?:the|my|our|an?)\\s+)?(?:(?:final|correct|right|true)\\s+)?(?:answer|solution|correct|right|true)\\b"
                    + "|[$\\\\)\\]}*_\\s]*+(?:is|are|was|were)\\s+(?:\\p{L}+ly\\s+)?(?:wrong|incorrect|false)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Said of what follows, not of the word itself: "I do not think that", "it is not true that", "I doubt that". */
    private static final Pattern ATTITUDE = Pattern.compile(
            "(?<![\\p{L}'])(?:(?:not|never|cannot|\\p{L}{2,8}n't|hardly)\\s+(?:\\p{L}+ly\\s+)?"
                    + "(?:think|believe|say|claim|mean|agree|suppose|know|sure|certain|convinced|true|correct|right|possible"
                    + "|likely|(?:be\\s+)?the\\s+case)|(?<!\\bno\\s)(?<!\\ba\\s)doubt|deny|unlikely|impossible|wrong|incorrect|false)"
                    + "(?:\\s+to\\s+(?:say|think|claim|believe))?(?:\\s+(?:that|if|whether))?"
                    + "(?:\\s+(?:the|my|our|your|its|final|correct|right|actual))*\\s*$",
            Pattern.CASE_INSENSITIVE);

    /** What is right after all: "not 17 but 18", "not 17, it is 18". */
    private static final Pattern CONTRAST = Pattern.compile(
            "(?<!\\b(?:any|every)(?:thing|one)?\\s)\\bbut\\b"
                    + "|[,;:]\\s+(?:(?:rather|instead|so|and|hence|but)\\s+)?(?=(?:it|it's|this|that|they|there|he|she|we|i|the)\\b)",
            Pattern.CASE_INSENSITIVE);

    private Denials() {}

    /** Where a denial with which the text goes on at a place ends; -1 if it does not. */
    static int leading(CharSequence text, int from) {
        Matcher matcher = LEADING.matcher(text).region(from, Math.min(text.length(), from + REACH));
        return matcher.useTransparentBounds(true).lookingAt() ? matcher.end() : -1;
    }

    /** What a sentence says in spite of denials with which it begins; empty if that is nothing. */
    static String given(String sentence) {
        int from = 0;
        int denial = leading(sentence, from);
        while (denial >= 0) {
            Matcher contrast = CONTRAST.matcher(sentence);
            from = contrast.find(denial) ? contrast.end() : sentence.length();
            denial = leading(sentence, from);
        }
        String rest = sentence.substring(from).strip();
        if (!BEHIND.matcher(rest).find()) {
            return rest;
        }
        List<Piece> pieces = Pieces.in(rest);
        return pieces.isEmpty() || !isBehind(rest, pieces.get(0)) ? rest : "";
    }

    /** Whether what a phrase announces is denied before the phrase, in the same clause. */
    static boolean ofPhrase(CharSequence text, int phrase) {
        int from = phrase;
        while (from > 0 && phrase - from < REACH && ".!?,;:".indexOf(text.charAt(from - 1)) < 0) {
            from--;
        }
        return ATTITUDE.matcher(text.subSequence(from, phrase)).find();
    }

    /** Whether the words before or behind a number or formula deny it. */
    static boolean of(String text, Piece piece) {
        return BEFORE.matcher(text.substring(Math.max(0, piece.start() - REACH), piece.start()))
                        .find()
                || isBehind(text, piece);
    }

    private static boolean isBehind(String text, Piece piece) {
        return BEHIND.matcher(text).region(piece.end(), text.length()).lookingAt();
    }
}
