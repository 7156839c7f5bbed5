/**
 * Text to token ids and back, and chats to text: Hugging Face's tokenizers through DJL, chat templates through
 * {@code jinja}. Vocabularies come from tokenizer.json or from the metadata of a GGUF file.
 *
 * <p>Imports the root package for its exceptions, and {@code weights} for the metadata of GGUF files. Public because
 * packages of this library need it.
 */
@NullMarked
package dev.wst.engine.tokenizer;

import org.jspecify.annotations.NullMarked;
