package dev.wst.engine.tokenizer.jinja;

import java.util.HashMap;
import java.util.Map;

/** The one thing a template can change: what {@code namespace()} gives. */
final class Namespace {
    final Map<String, Object> values = new HashMap<>();
}
