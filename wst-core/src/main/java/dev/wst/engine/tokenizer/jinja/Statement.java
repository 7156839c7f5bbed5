package dev.wst.engine.tokenizer.jinja;

/** A part of a template that writes. */
@FunctionalInterface
interface Statement {
    /** Where the template goes on. */
    enum Next {
        STATEMENT,
        ITERATION,
        LOOP_END
    }

    Next run(Frame frame, TextBuilder out);
}
