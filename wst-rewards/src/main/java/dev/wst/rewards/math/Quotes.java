package dev.wst.rewards.math;

/** Takes off what typists put around an answer: quotes, emphasis, a final stop. */
final class Quotes {
    private Quotes() {}

    static String stripped(String text) {
        String bare = text.strip();
        String before;
        do {
            before = bare;
            if (bare.endsWith(".") || bare.endsWith(",") || bare.endsWith(";") || bare.endsWith(":")) {
                bare = bare.substring(0, bare.length() - 1).strip();
            }
            bare = unwrapped(bare, "**");
            bare = unwrapped(bare, "`");
            bare = unwrapped(bare, "\"");
        } while (!bare.equals(before));
        return bare;
    }

    private static String unwrapped(String text, String mark) {
        String bare = text.startsWith(mark) ? text.substring(mark.length()) : text;
        return (bare.endsWith(mark) ? bare.substring(0, bare.length() - mark.length()) : bare).strip();
    }
}
