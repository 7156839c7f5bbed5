package dev.wst.rewards.math.reading;

/**
 * A piece of an answer.
 *
 * @param text normalised: one spelling for each operator, command or function
 * @param spaced whether white space stands before it
 */
record Lexeme(Kind kind, String text, boolean spaced) {

    enum Kind {
        NUMBER,
        /** A single letter, or a command that stands for one. */
        NAME,
        /** A named function, such as sin. */
        FUNCTION,
        /** A LaTeX command with arguments, such as frac. */
        COMMAND,
        /** An operator, relation or bracket. */
        SYMBOL,
        /** The content of a text command. */
        TEXT,
        /** A run of letters that is neither name nor function. */
        WORD,
        /** "and", "or" between answers. */
        SEPARATOR,
        /** Begin of an environment. */
        BEGIN,
        /** End of an environment. */
        END_OF,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isCommand(String name) {
        return kind == Kind.COMMAND && text.equals(name);
    }
}
