/**
 * Mathematics without text: an answer as a tree ({@link dev.wst.rewards.math.algebra.Node}), its canonical form as a quotient
 * of polynomials ({@link dev.wst.rewards.math.algebra.Canonical}), exact values, matrices, and values at points in high
 * precision ({@link dev.wst.rewards.math.algebra.Evaluator}). Whatever works is counted by a
 * {@link dev.wst.rewards.math.algebra.Budget}.
 *
 * <p>Imports nothing of this library.
 */
@NullMarked
package dev.wst.rewards.math.algebra;

import org.jspecify.annotations.NullMarked;
