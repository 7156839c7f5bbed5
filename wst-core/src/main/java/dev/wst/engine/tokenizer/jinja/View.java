package dev.wst.engine.tokenizer.jinja;

import java.util.List;

/**
 * The keys, values or items of a dict, as its methods of those names return them.
 *
 * @param name dict_keys, dict_values or dict_items
 */
record View(String name, List<Object> items) {}
