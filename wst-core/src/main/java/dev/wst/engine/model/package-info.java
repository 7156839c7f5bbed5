/**
 * A language model ready for use: decoder, tokenizer and chat template together, writing text in batches. Teacher and
 * in-process student both stand on it.
 *
 * <p>Imports the root package, {@code nn}, {@code tensor}, {@code tokenizer} and {@code weights}. Public because packages
 * of this library need it. Letters as in {@code nn}.
 */
@NullMarked
package dev.wst.engine.model;

import org.jspecify.annotations.NullMarked;
