package dev.wst.rewards.math.finding;

/** Words that may stand between a verb and its number, or between a denial and what it denies, and change nothing. */
final class Filling {
    private static final String WORDS = "(?!unlikely|hardly)\\p{L}+ly|therefore|thus|hence|then|so|also|still|just|even"
            + "|quite|really|now|indeed|in fact|of course|be|going to|to be|to|equals?|given by|the|(?-i:a)(?=\\s)|an|any|some|only"
            + "|number|value|amount|integer|it's|it|that|this|which|is|are|was|as";

    /** Any number of them, with signs of equality and what a number is called before these. */
    static final String ANY =
            "(?:(?:(?:" + WORDS + ")(?![\\p{L}'])|[a-z](?=\\s?=)|=)(?:[\\s,*_:]|(?<=[\\s=])[$\\\\(])*+)*+";

    /** A numeral as it stands in prose. */
    static final String NUMBER = "[-$\\\\]*+\\d[\\d.,]*+%?+";

    private Filling() {}
}
