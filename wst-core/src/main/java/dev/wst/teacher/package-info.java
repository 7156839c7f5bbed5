/**
 * The teacher that this library ships: a transformer with low-rank adapters (or trained whole) that writes instructions,
 * scores them and follows an objective.
 *
 * <p>Imports the root package, {@code files} and the engine's {@code model}, {@code nn}, {@code tensor}, {@code tokenizer} and
 * {@code weights}, and Jackson. Letters as in {@code engine.nn}.
 */
@NullMarked
package dev.wst.teacher;

import org.jspecify.annotations.NullMarked;
