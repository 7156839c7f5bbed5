/**
 * Putting instructions to the test: the student answers, the reward judges, and several ways of instructing are compared on
 * the same questions, pair by pair, with intervals.
 *
 * <p>Imports the root package, {@code calls} and commons-math3.
 */
@NullMarked
package dev.wst.evaluation;

import org.jspecify.annotations.NullMarked;
