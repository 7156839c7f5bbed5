/**
 * Ready-made reward functions and readers of task files, one package for each kind. Every piece is usable alone, without
 * training.
 *
 * <p>Imports the root package of wst-core and nothing else of it.
 */
@NullMarked
package dev.wst.rewards;

import org.jspecify.annotations.NullMarked;
