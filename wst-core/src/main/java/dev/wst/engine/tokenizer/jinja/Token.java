package dev.wst.engine.tokenizer.jinja;

/**
 * A token of a template's source.
 *
 * @param value of a string, what it stands for
 */
record Token(Kind kind, String value, int line) {
    enum Kind {
        DATA,
        OUTPUT_BEGIN,
        OUTPUT_END,
        TAG_BEGIN,
        TAG_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind wanted, String text) {
        return kind == wanted && value.equals(text);
    }

    String shown() {
        return kind == Kind.END
                ? "the end of the template"
                : kind == Kind.TAG_END ? "%}" : kind == Kind.OUTPUT_END ? "}}" : "'" + value + "'";
    }
}
