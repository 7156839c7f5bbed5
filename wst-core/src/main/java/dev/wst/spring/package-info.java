/**
 * A trained teacher in an app of Spring Boot, by properties alone. Apart from {@code serving}, so that the rest of the library loads
 * without Spring, which is an optional dependency.
 *
 * <p>Imports the root package, {@code serving}, {@code student} (for the placement of an instruction), {@code teacher} (for what the
 * teacher is shown), langchain4j, SLF4J and Spring.
 */
@NullMarked
package dev.wst.spring;

import org.jspecify.annotations.NullMarked;
