package dev.wst.engine.tokenizer.jinja;

/** What stands behind a bar. */
@FunctionalInterface
interface Filter {
    Object apply(Frame frame, Object value, Arguments arguments);
}
