package dev.wst.rewards.judge;

/**
 * A text that a judge is shown, and what it is called there.
 *
 * @param name what it is, in the judge's words
 * @param text as the judge sees it: {@link VisibleText}
 */
record Exhibit(String name, String text) {
    static Exhibit of(String name, String text) {
        return new Exhibit(name, VisibleText.of(text));
    }
}
