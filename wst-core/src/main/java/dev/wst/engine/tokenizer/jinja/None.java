package dev.wst.engine.tokenizer.jinja;

/** Python's None. */
enum None {
    NONE
}
