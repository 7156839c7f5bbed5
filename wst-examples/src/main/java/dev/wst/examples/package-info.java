/** Placeholder. */
@NullMarked
package dev.wst.examples;

import org.jspecify.annotations.NullMarked;
