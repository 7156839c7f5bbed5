package dev.wst.engine.tokenizer.jinja;

import java.util.List;

/**
 * What a dict's keys, values and items give.
 *
 * @param name dict_keys, dict_values or dict_items
 */
record View(String name, List<Object> items) {}
