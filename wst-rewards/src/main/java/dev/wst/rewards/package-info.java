/** Placeholder. */
@NullMarked
package dev.wst.rewards;

import org.jspecify.annotations.NullMarked;
