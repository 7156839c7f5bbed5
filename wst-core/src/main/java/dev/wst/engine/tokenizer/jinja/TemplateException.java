package dev.wst.engine.tokenizer.jinja;

import dev.wst.InvalidInputException;

/** A template cannot be read, uses what is not supported here, fails on what it was given, or refuses it. */
public final class TemplateException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Kind {
        /** The text is no Jinja template. */
        SYNTAX,
        /** Python would do something here that this library does not. */
        UNSUPPORTED,
        /** Python would raise an error, too. */
        FAILED,
        /** The template called {@code raise_exception}. */
        REFUSED
    }

    private final Kind kind;

    TemplateException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static TemplateException syntax(int line, String message) {
        return new TemplateException(Kind.SYNTAX, "line " + line + ": " + message);
    }

    static TemplateException unsupported(String what) {
        return new TemplateException(Kind.UNSUPPORTED, what);
    }

    static TemplateException failed(String message) {
        return new TemplateException(Kind.FAILED, message);
    }

    TemplateException at(int line) {
        return new TemplateException(kind, "line " + line + ": " + getMessage());
    }
}
