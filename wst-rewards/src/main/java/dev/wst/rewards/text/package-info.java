/**
 * Rewards that compare the text of an answer with the task's reference.
 *
 * <p>Imports the root package of wst-core.
 */
@NullMarked
package dev.wst.rewards.text;

import org.jspecify.annotations.NullMarked;
