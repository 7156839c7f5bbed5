/** Placeholder. */
@NullMarked
package dev.wst;

import org.jspecify.annotations.NullMarked;
