/**
 * The part of Jinja that chat templates are written in, with Python's values and as transformers sets it up: a sandbox whose
 * values do not change, {@code trim_blocks}, {@code lstrip_blocks}, loop controls, {@code generation} blocks and its own
 * {@code tojson}. What is not supported is refused by name, never left out.
 *
 * <p>A text knows which of its characters came from a message, through everything that a template does to it: that is why
 * this is no general library. Imports the root package for its exceptions. Public because {@code tokenizer} needs it.
 */
@NullMarked
package dev.wst.engine.tokenizer.jinja;

import org.jspecify.annotations.NullMarked;
