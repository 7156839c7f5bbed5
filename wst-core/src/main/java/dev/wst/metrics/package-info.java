/**
 * What a run leaves behind and shows: the run directory with its JSON lines and report, what its teacher was compared with, the line on the console, TensorBoard's
 * event files, tables, and what MLflow is sent.
 *
 * <p>Imports the root package, {@code budget}, {@code evaluation}, {@code files}, Jackson and SLF4J.
 */
@NullMarked
package dev.wst.metrics;

import org.jspecify.annotations.NullMarked;
