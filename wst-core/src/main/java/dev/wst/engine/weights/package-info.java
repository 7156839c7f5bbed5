/**
 * Model files: safetensors and GGUF read and written with every length checked against the file, the configuration that
 * comes with them, and PEFT adapters. It hands out plain arrays under Hugging Face's tensor names.
 *
 * <p>Imports the root package for its exceptions, {@code files} and Jackson. Public because packages of this library need it.
 */
@NullMarked
package dev.wst.engine.weights;

import org.jspecify.annotations.NullMarked;
