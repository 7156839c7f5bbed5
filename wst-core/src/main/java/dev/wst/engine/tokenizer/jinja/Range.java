package dev.wst.engine.tokenizer.jinja;

import java.util.List;

/**
 * Python's range.
 *
 * @param shown as Python prints it
 */
record Range(String shown, List<Object> items) {}
