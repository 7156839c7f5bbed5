/**
 * Students: any LangChain4j chat model, and a chat model on this library's own engine that answers whole batches in the
 * same JVM.
 *
 * <p>Imports the root package, {@code model}, {@code tensor} and {@code tokenizer} for the in-process model, and
 * langchain4j-core.
 */
@NullMarked
package dev.wst.student;

import org.jspecify.annotations.NullMarked;
