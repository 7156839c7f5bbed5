/**
 * A run, or a served teacher, in a Micrometer registry. Apart from {@code metrics}, so that the rest of the library loads without Micrometer.
 *
 * <p>Imports the root package, {@code serving} and Micrometer.
 */
@NullMarked
package dev.wst.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
