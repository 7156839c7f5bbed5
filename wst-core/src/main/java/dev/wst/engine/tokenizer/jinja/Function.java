package dev.wst.engine.tokenizer.jinja;

/** Something that a template can call. */
@FunctionalInterface
interface Function {
    Object call(Frame frame, Arguments arguments);
}
