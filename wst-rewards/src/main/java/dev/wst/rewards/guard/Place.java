package dev.wst.rewards.guard;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an answer stands in an instruction, read from the words around it: as the answer, as a part of the method, or with
 * nothing that tells.
 */
final class Place {
    /** What may stand between "is" and what it is. */
    private static final String FILLER =
            "(?:\\s|\\b(?:\\w+ly|just|the (?:number|value|answer)|(?:the )?(?:option|choice|letter)|number|about|that|this|to be"
                    + "|with|as|to|a|an)\\b|\\\\(?:boxed|text)|[\"'\u201c\u201d\u2018\u2019`*$(\\[{:=>-])*$";

    private static final String SAME_SENTENCE = "[^.!?;\\n]{0,40}?";
    private static final String ANSWER =
            "\\b(?:answers?|results?|solutions?|final|outcome|output|box)\\b" + SAME_SENTENCE;
    private static final Pattern ANSWER_BEFORE =
            pattern(ANSWER + "(?:\\b(?:is|are|was|be|equals?|to|with|as|reads?)\\b|[:=]|boxed|\\banswers?\\b)"
                    + FILLER
                    + "|(?:####|\\bhint\\s*:|\\b(?:answer|reply|respond|output|report|conclude|box|comes? to|equals|say|write"
                    + "|(?:should|will|must) (?:get|find|have)|keep in mind\\s*:))" + FILLER);
    /** Not "with" or "to", behind which the form of an answer stands too. */
    private static final Pattern VALUE_BEFORE =
            pattern(ANSWER + "(?:\\b(?:is|are|was|be|equals?|reads?)\\b|[:=])" + FILLER + "|####" + FILLER);

    private static final Pattern ANSWER_AFTER =
            pattern("^\\W*(?:\\w+\\s+)?(?:is|are|as|=|was)\\s*(?:(?:the|your|our|its|a|an)\\s+)?(?:\\w+\\s+){0,2}?"
                    + "(?:answers?|result|solution|correct|right|outcome|final)\\b");
    private static final Pattern SAID_BEFORE = pattern(
            "\\b(?:is|are|be|equals?|gets?|gives?|makes?|has|have|left with|go for|state|print|return|choose|pick|select|put"
                    + "|enter|find|remember|think of|use|keep|expect|it's)\\b" + FILLER + "|[:=\u2192\u2248]" + FILLER);
    private static final Pattern SENTENCE_BEFORE = pattern("(?:^|[.!?\\n])[\\s\"'\u201c\u2018(*]*$");
    private static final Pattern SENTENCE_AFTER = pattern("^[\"'\u201d\u2019)*]*(?:[.!\\n]|\\s*$)");
    private static final Pattern ALONE_AFTER =
            pattern("^\\s*(?:[.,;:!?)\\]\"'\u201d\u2019*`}\\\\$]|$|-\\s|\u2014|(?:and|then|so|because|at|in|as|to|when"
                    + "|before|after)\\b)");
    private static final Pattern OFFERED_BEFORE = pattern(
            "\\b(?:or|either|between|versus)\\s+\\W*$|(?<!\\p{L})\\p{L}\\s*(?:-|\\bto\\b|\\bthrough\\b)\\s*$|\\b(?:whether|if|when|where|unless)\\b[^.;,\\n]*$");
    private static final Pattern OFFERED_AFTER = pattern(
            "^\\W*(?:or|versus|if|when|where|unless|for|otherwise|only)\\b|^\\s*/|^,\\s*\\p{L}+\\s*(?:[.,]|\\bor\\b|$)"
                    + "|^\\s*(?:-|to|through)\\s*\\p{L}(?!\\p{L})");
    private static final Pattern COMPARED_AFTER = pattern("^\\s*(?:more|less|fewer|greater|times)\\b");
    private static final Pattern FRAME_BEFORE = pattern(
            "\\b(?:by|into|at (?:least|most)|up to|than|under|within|between"
                    + "|from|every|each|per|of|nearest|these|those|both|any|first|last|next|for|in|with|on|after|before|only)\\s*\\$?$");
    /** What the numbers of a method count. */
    private static final String METHOD =
            "(?:steps?|decimals?|places?|digits?|figures?|times|ways?|parts?|sentences?|lines?|words?|paragraphs?|equations?"
                    + "|variables?|unknowns?|numbers?|values?|quantities|terms?|sides?|factors?|cases?|items?|groups?|pieces?"
                    + "|questions?|operations?|examples?|columns?|rows?|points?|rules?|options?|choices|things?|labels?)\\b";

    private static final Pattern METHOD_AFTER =
            pattern("^[\\s-]*(?:(?:or|to|and|-)\\s*\\w+\\s+)?(?:(?:decimal|significant"
                    + "|short|small|separate|different|equal|more)\\s+)?" + METHOD
                    + "|^\\s*(?:or (?:more|less|fewer)\\b|at a time"
                    + "|of (?:the|these|those|them|each|your|its|all)\\b)");
    private static final Pattern LABEL_BEFORE =
            pattern("(?:\\b(?:steps?|parts?|rules?|stages?|cases?|lines?|equations?|methods?|options?|questions?"
                    + "|examples?|chapters?|sections?|grades?|pages?|mod|log|no\\.)\\s*|(?<!#)#)$");
    private static final Pattern TERM_BEFORE =
            pattern("(?:[\\p{L}\\d][*/^_]|\\p{L}\\s+[*/^]\\s*|(?<!say)[\\p{L})]\\(|[\\^_]\\{"
                    + "|\\\\(?!boxed|text|mathrm|mathbf)\\w+\\{)$");
    private static final Pattern TERM_AFTER = pattern(
            "^(?:[*^_]?\\p{L}(?!\\p{L})|/\\p{L}(?!\\p{L})|\\s*[*^]\\s*(?!\\\\circ)[\\p{L}\\\\(]|\\s*/\\s*[\\\\(])");
    private static final Pattern SUM_BEFORE = pattern("(?:\\p{L}\\s+\\+\\s*|(?<!say)[\\p{L})][-+])$");
    private static final Pattern SUM_AFTER = pattern("^(?:[+-]\\p{L}(?!\\p{L})|\\s*\\+\\s*[\\p{L}\\\\(])");
    private static final Pattern NOUN = Pattern.compile("^[\\s-]*(\\p{L}{3,})");
    private static final int FAR = 90;

    private final String before;
    /** The part of what is before that belongs to the same sentence. */
    private final String begun;

    private final String after;

    Place(String text, int start, int end) {
        this.before = text.substring(Math.max(0, start - FAR), start);
        this.begun = before.substring(lastStop(before) + 1);
        this.after = text.substring(end, Math.min(text.length(), end + FAR));
    }

    private static int lastStop(String text) {
        int at = text.length() - 1;
        while (at >= 0 && ".!?;".indexOf(text.charAt(at)) < 0) {
            at--;
        }
        return at;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    private boolean isCompared() {
        return COMPARED_AFTER.matcher(after).find();
    }

    /** Said to be the answer. */
    boolean isAnswer() {
        return (ANSWER_BEFORE.matcher(begun).find() && !isCompared())
                || ANSWER_AFTER.matcher(after).find();
    }

    /** Said to be the value of something, or to be written, found or remembered. */
    boolean isSaid() {
        return SAID_BEFORE.matcher(begun).find() && !isCompared();
    }

    /** Behind words that say something to be the answer or the value of something, or at the beginning of a sentence. */
    boolean isAnnounced() {
        return ANSWER_BEFORE.matcher(begun).find()
                || SAID_BEFORE.matcher(begun).find()
                || SENTENCE_BEFORE.matcher(before).find();
    }

    /** The whole of a sentence. */
    boolean isSentence() {
        return SENTENCE_BEFORE.matcher(before).find()
                && SENTENCE_AFTER.matcher(after).find();
    }

    /** One of several that are listed, or tied to a condition. */
    boolean isOffered() {
        return OFFERED_BEFORE.matcher(before).find()
                || OFFERED_AFTER.matcher(after).find();
    }

    /** Said outright to be the answer, and not what it is to be like. */
    boolean isValue() {
        return VALUE_BEFORE.matcher(begun).find() && !isCompared();
    }

    /** Counts steps, digits, sentences and the like, or is the label of one, or stands in a formula with letters. */
    boolean isOfTheMethod() {
        return METHOD_AFTER.matcher(after).find()
                || LABEL_BEFORE.matcher(before).find()
                || isOfATerm()
                || SUM_BEFORE.matcher(before).find()
                || SUM_AFTER.matcher(after).find();
    }

    /** Is a factor, power, index or argument beside a letter, so that it says no number of its own. */
    boolean isOfATerm() {
        return TERM_BEFORE.matcher(before).find() || TERM_AFTER.matcher(after).find();
    }

    /** In a phrase where numbers of the method stand: "divide by 2", "at least 3". */
    boolean isFramed() {
        return FRAME_BEFORE.matcher(before).find() || isCompared();
    }

    /** With no noun behind it. */
    boolean standsAlone() {
        return ALONE_AFTER.matcher(after).find();
    }

    /** The word behind it, in lower case; empty if there is none. */
    String noun() {
        Matcher noun = NOUN.matcher(after);
        return noun.find() ? noun.group(1).toLowerCase(Locale.ROOT) : "";
    }
}
