package dev.wst.rewards.judge;

/**
 * A text that is laid before a judge.
 *
 * @param name what it is, in the judge's words
 * @param text as the judge sees it: {@link VisibleText}
 */
record Exhibit(String name, String text) {
    static Exhibit of(String name, String text) {
        return new Exhibit(name, VisibleText.of(text));
    }
}
