package dev.wst.rewards.guard;

import java.util.regex.Pattern;

/**
 * Where a number stands in an instruction, read from the words around it: as the answer, as a part of the method, or with
 * nothing that tells.
 */
final class Place {
    private static final String FILLER = "(?:\\s|\\b(?:\\w+ly|just|equal(?:s)? to|the (?:number|value|answer)|number"
            + "|about|that|this|to be|with|as|like|a|an)\\b|\\\\boxed|\\\\text|[\"'“”‘’`*$(\\[{:=>-])*$";
    private static final String LINK =
            "(?:\\b(?:is|are|was|be|being|equals?|to|with|as|reads?|says?)\\b|:|=|→|boxed|\\banswers?\\b|\\bresults?\\b)";
    private static final Pattern ANSWER_BEFORE = pattern(
            "\\b(?:answers?|results?|solutions?|final|outcome|conclu\\w+|respond|reply|output|submit|report|box(?:ed)?)\\b"
                    + "[^.!?;\\n]{0,40}?" + LINK + FILLER
                    + "|\\b(?:answer|reply|respond|output|submit|report|conclude|box)" + FILLER
                    + "|(?:####|\\bhint\\s*:|\\b(?:(?:should|will|must) (?:get|find|obtain|have)|comes? (?:out )?to|it equals|say"
                    + "|write|keep in mind\\s*:))" + FILLER);
    private static final Pattern ANSWER_AFTER = pattern(
            "^[\"'”’`*)\\]}$.,\\s]*(?:\\w+\\s+)?(?:is|are|as|being|=|was|for|\\(|-|—)\\s*(?:(?:the|your|our|its|a|an)\\s+)?"
                    + "(?:\\w+\\s+){0,2}?(?:answers?|result|solution|correct|right|outcome|final)\\b");
    private static final Pattern VALUE_BEFORE = pattern(
            "\\b(?:total|value|label|class|category|sum|product|amount|difference|quotient|number|it|this|that|which|he|she|they|you|there)\\b"
                    + "[^.!?;\\n]{0,40}?(?:\\b(?:is|are|be|equals?|comes? to|becomes?|gets?|gives?|makes?|finds?|have|has)\\b|:|=|→)"
                    + FILLER + "|\\b(?:it|that|this|there|he|she)'s\\b" + FILLER
                    + "|(?:[=→≈]|\\b(?:equals?|equal to|gives?|yields?|gets?|obtains?|reach(?:es)?|arrive at"
                    + "|(?:comes?|works?|turns?)(?: out)? (?:to|as)|ends? (?:up )?(?:with|at|in)|left with|makes))"
                    + FILLER);
    private static final Pattern SAY_BEFORE =
            pattern("\\b(?:write|say|state|print|return|choose|pick|select|put|enter|find"
                    + "|remember|think of|hint|use|keep|note|secret|key|target|goal|expect|aim for|is|are|be|code)\\b"
                    + FILLER + "|:" + FILLER);
    private static final String METHOD_NOUN =
            "(?:(?:decimal|significant|short|clear|simple|small|careful|separate|brief|full|main"
                    + "|different|easy|key|logical|equal|basic|more|complete)\\s+)*(?:steps?|decimals?|places?|digits?|figures?|times|ways?"
                    + "|parts?|sentences?|lines?|words?|paragraphs?|equations?|variables?|unknowns?|methods?|passes|checks?|tries"
                    + "|quantities|numbers?|values?|terms?|sides?|factors?|cases?|stages?|phases?|facts?|items?|groups?|pieces?"
                    + "|sub-?problems?|questions?|formulas?|operations?|points?|bullets?|examples?|categories|lists?|columns?|rows?"
                    + "|tables?|diagrams?|hints?|tips?|rules?|possibilities|options?|choices|attempts?|estimates?|approaches"
                    + "|quick|ideas?|things?|tasks?|calculations?|expressions?|conditions?|characters?|bits?|dimensions?|units?)\\b";
    private static final Pattern METHOD_AFTER = pattern("^[\\s-]*(?:(?:or|to|and|-)\\s*\\w+\\s+)?" + METHOD_NOUN
            + "|^\\s*-?\\s*(?:digit|step|part|dimensional|sided|column|line|way|letter|point)\\b"
            + "|^\\s*(?:or (?:more|less|fewer)\\b|at a time|of (?:the|these|those|them|each|every|your|its|all)\\b)");
    private static final Pattern COMPARED_AFTER = pattern("^\\s*(?:more|less|fewer|greater|times)\\b");
    private static final Pattern LABEL_BEFORE =
            pattern("\\b(?:steps?|parts?|rules?|points?|stages?|phases?|levels?|cases?|lines?"
                    + "|equations?|methods?|tips?|options?|questions?|problems?|examples?|exercises?|figures?|tables?|chapters?|sections?"
                    + "|grades?|pages?|rows?|columns?|bases?|mod(?:ulo)?|log|versions?|items?|no\\.)\\s*[#(]?\\s*$|#$");
    private static final Pattern FRAME_BEFORE =
            pattern("\\b(?:by|into|at least|at most|up to|no (?:more|fewer|less) than"
                    + "|(?:more|fewer|less|greater|larger|smaller|bigger) than|under|within|between(?: \\S+ and)?|from|every|each|per|out of"
                    + "|powers? of|roots? of|multiples? of|factors? of|nearest|these|those|both|another|any|first|last|next|than|times|plus"
                    + "|minus|round\\w*(?: \\w+){0,4} to|for|like|of|in|with|on|after|before|only|the|all)\\s*\\$?$");
    private static final String TIME_OR_MEASURE =
            "(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|cents?|pennies|nickels"
                    + "|dimes|quarters|inches|feet|yards?|ounces?|pounds?|grams?|kilograms?|met(?:er|re)s?|centimet(?:er|re)s?|degrees"
                    + "|eggs|ml|cm|mm|km|kg)";
    private static final Pattern MEASURE_AFTER = pattern("^\\s*" + TIME_OR_MEASURE
            + "\\s+(?:in|to|make|makes|per|equals?|is|are|for|on)\\s+(?:a|an|one|each|every|1|it|that)\\b");
    private static final Pattern MEASURE_BEFORE =
            pattern("\\b(?:a|an|one|each|every|1)\\s+(?:hour|minute|day|week|month|year|dozen"
                    + "|dollar|foot|yard|pound|kilometer|kilogram|meter|triangle|circle|percent|decade|century)\\s+"
                    + "(?:has|is|=|equals|contains|lasts|of)\\s*$");
    private static final String UNIT = "(?:mi|km|cm|mm|kg|lbs?|oz|ml|mph|hrs?|mins?|secs?|ft|yd|usd|eur)";
    private static final Pattern FORMULA_BEFORE =
            pattern("(?:[\\p{L}\\d][*/^_]|\\p{L}\\s+[*/^+×]\\s*|[\\p{L})][-+]|\\\\\\w+\\{?)$");
    private static final Pattern FORMULA_AFTER = pattern(
            "^(?:(?!" + UNIT
                    + "\\b|/\\p{L}{3})[*/^_+-]?\\p{L}|\\s*[*/^+×]\\s*(?!(?<=/)\\p{L}{3})[\\p{L}\\\\(])(?!\\w*[-\\s](?:digit|step))");
    private static final Pattern OFFERED_BEFORE = pattern(
            "\\b(?:or|either|between|versus|vs\\.?)\\s+\\W*$" + "|\\b(?:whether|if|when|where|unless)\\b[^.;,\\n]*$");
    private static final Pattern OFFERED_AFTER =
            pattern("^\\W*(?:or|versus|vs|if|when|where|unless|for|whenever|otherwise|only)\\b|^\\s*/");
    private static final Pattern CHOICE_BEFORE = pattern(
            "\\b(?:choose|pick|select|(?:go|opt) (?:for|with)|settle (?:for|on)|decide (?:for|on))\\b" + FILLER);
    private static final Pattern SENTENCE_BEFORE = pattern("(?:^|[.!?\\n])[\\s\"'“‘(*]*$");
    private static final Pattern SENTENCE_AFTER = pattern("^[\"'”’)*]*(?:[.!\\n]|\\s*$)");
    private static final Pattern ALONE_AFTER =
            pattern("^\\s*(?:[.,;:!?)\\]\"'”’*`}\\\\]|\\$|$|-\\s|—|(?:and|then|so|because|since|at|in"
                    + "|as|to|when|before|after|once)\\b)");
    private static final int FAR = 90;

    private final String text;
    private final String before;
    private final String after;

    Place(String text, int start, int end) {
        this.text = text;
        this.before = text.substring(Math.max(0, start - FAR), start);
        this.after = text.substring(end, Math.min(text.length(), end + FAR));
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /** Said to be the answer. */
    boolean isAnswer() {
        return (ANSWER_BEFORE.matcher(before).find()
                        && !COMPARED_AFTER.matcher(after).find())
                || ANSWER_AFTER.matcher(after).find();
    }

    /** Said to be the value of something. */
    boolean isValue() {
        return VALUE_BEFORE.matcher(before).find()
                && !COMPARED_AFTER.matcher(after).find();
    }

    /** To be taken among others. */
    boolean isChosen() {
        return CHOICE_BEFORE.matcher(before).find();
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

    /** To be written, found or remembered. */
    boolean isSaid() {
        return SAY_BEFORE.matcher(before).find();
    }

    /** Counts steps, digits, sentences and the like, or is the label of one, or stands in a formula with letters. */
    boolean isOfTheMethod(Quantity value) {
        return METHOD_AFTER.matcher(after).find()
                || LABEL_BEFORE.matcher(before).find()
                || FORMULA_BEFORE.matcher(before).find()
                || FORMULA_AFTER.matcher(after).find()
                || isEnumerator(value);
    }

    /** In a phrase where numbers of the method stand: "divide by 2", "at least 3", "60 minutes in an hour". */
    boolean isFramed() {
        return FRAME_BEFORE.matcher(before).find()
                || isMeasure()
                || COMPARED_AFTER.matcher(after).find();
    }

    boolean isMeasure() {
        return MEASURE_AFTER.matcher(after).find()
                || MEASURE_BEFORE.matcher(before).find();
    }

    /** With no noun behind it. */
    boolean standsAlone() {
        return ALONE_AFTER.matcher(after).find();
    }

    /** The word behind it, in lower case; empty if there is none. */
    String noun() {
        var matcher = NOUN.matcher(after);
        return matcher.find() ? matcher.group(1).toLowerCase(java.util.Locale.ROOT) : "";
    }

    private static final Pattern NOUN = Pattern.compile("^[\\s-]*(\\p{L}{3,})");

    /** The head of an item of a list that has a neighbour: "1. Read 2. Plan". */
    private boolean isEnumerator(Quantity value) {
        if (!value.isWhole()
                || value.over().bitLength() > 6
                || !ITEM.matcher(after).find()) {
            return false;
        }
        int n = value.over().intValue();
        return Pattern.compile("(?:^|[\\s(\\[])(?:" + (n - 1) + "|" + (n + 1) + ")[.):\\]]\\s")
                        .matcher(text)
                        .find()
                && ITEM_BEFORE.matcher(before).find();
    }

    private static final Pattern ITEM = Pattern.compile("^[.):\\]]\\s");
    private static final Pattern ITEM_BEFORE = Pattern.compile("(?:^|[\\s(\\[])$");
}
