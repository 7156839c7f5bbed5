/**
 * What a run leaves behind: the run directory with its JSON lines and report, and the line on the console.
 *
 * <p>Imports the root package, {@code budget}, {@code files}, Jackson and SLF4J.
 */
@NullMarked
package dev.wst.metrics;

import org.jspecify.annotations.NullMarked;
