/**
 * Students: any LangChain4j chat model, and a chat model on this library's own engine that answers whole batches in the
 * same JVM.
 *
 * <p>Imports the root package, the engine's {@code model}, {@code tensor} and {@code tokenizer} for the in-process
 * model, and langchain4j with its HTTP client. Asking again is {@code calls}' work.
 */
@NullMarked
package dev.wst.student;

import org.jspecify.annotations.NullMarked;
