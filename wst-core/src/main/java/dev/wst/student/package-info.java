/**
 * Students: any LangChain4j chat model, and a chat model on this library's own engine that answers whole batches in the
 * same JVM. A chat model that writes instructions is asked in the same way.
 *
 * <p>Imports the root package, {@code calls}, {@code answers} for what a writer of instructions remembers, {@code teacher} for what it
 * is shown, the engine's {@code model}, {@code tensor} and {@code tokenizer} for the in-process model, and langchain4j with its HTTP
 * client. Asking again is {@code calls}' work.
 */
@NullMarked
package dev.wst.student;

import org.jspecify.annotations.NullMarked;
