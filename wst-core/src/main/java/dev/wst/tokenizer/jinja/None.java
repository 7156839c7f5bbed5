package dev.wst.tokenizer.jinja;

/** Python's None. */
enum None {
    NONE
}
