package dev.wst.engine.tokenizer.jinja;

/** A filter, as in {@code value | upper}: a function of the value before the bar. */
@FunctionalInterface
interface Filter {
    Object apply(Frame frame, Object value, Arguments arguments);
}
