/**
 * Students: any LangChain4j chat model, and a chat model on this library's own engine that answers whole batches in the
 * same JVM.
 *
 * <p>Imports the root package, {@code model}, {@code tensor} and {@code tokenizer} for the in-process model,
 * langchain4j with its HTTP client, and Resilience4j to try again.
 */
@NullMarked
package dev.wst.student;

import org.jspecify.annotations.NullMarked;
