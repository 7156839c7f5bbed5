/**
 * A trained teacher in an app: many threads ask it for instructions, and chat models of LangChain4j carry them to the student.
 *
 * <p>Imports the root package, {@code evaluation} (for comparisons and their intervals), {@code student} (for the placement of an instruction),
 * {@code teacher}, langchain4j, Caffeine and SLF4J.
 */
@NullMarked
package dev.wst.serving;

import org.jspecify.annotations.NullMarked;
