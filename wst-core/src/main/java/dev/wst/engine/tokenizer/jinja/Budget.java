package dev.wst.engine.tokenizer.jinja;

/** What one rendering may still do, so that no template runs for ever or fills the memory. */
final class Budget {
    private static final int DEEPEST = 100;

    private long work = 1L << 26;
    private int depth;
    private int line = 1;

    /** @param amount of elementary operations, or of elements made */
    void spend(long amount) {
        work -= amount;
        if (work < 0) {
            throw TemplateException.failed("the template does more than chats need; does it loop for ever?");
        }
    }

    /** For going through a value, or for making it. */
    void spendOn(Object value) {
        spend(1 + Values.size(value).orElse(0));
    }

    void enter() {
        if (++depth > DEEPEST) {
            throw TemplateException.failed("calls are nested more than " + DEEPEST + " deep");
        }
    }

    void leave() {
        depth--;
    }

    void reach(int where) {
        line = where;
        spend(1);
    }

    int line() {
        return line;
    }
}
