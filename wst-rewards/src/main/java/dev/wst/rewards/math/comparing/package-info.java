/**
 * From two answers to a verdict: {@link dev.wst.rewards.math.comparing.AnswerComparison} reads both in every way in which they
 * can be read and compares the trees by their shape, as lists, regions, relations, and in the end as values.
 *
 * <p>Imports algebra and reading.
 */
@NullMarked
package dev.wst.rewards.math.comparing;

import org.jspecify.annotations.NullMarked;
