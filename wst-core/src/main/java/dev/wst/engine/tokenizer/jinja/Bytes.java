package dev.wst.engine.tokenizer.jinja;

import java.util.List;

/** Python's bytes, as far as templates count them. */
record Bytes(List<Object> items) {}
