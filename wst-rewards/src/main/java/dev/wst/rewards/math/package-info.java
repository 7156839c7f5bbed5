/**
 * Answers of mathematics: finding the final answer in a text, and deciding whether it equals the reference.
 *
 * <p>The doors, each usable alone: {@link dev.wst.rewards.math.AnswerExtractor} finds the answer by a documented chain of
 * rules, {@link dev.wst.rewards.math.Equivalence} compares two answers, {@link dev.wst.rewards.math.Candidates} lists every
 * answer-like piece of a text, {@link dev.wst.rewards.math.NumberWords} puts numerals in words into digits, and
 * {@link dev.wst.rewards.math.MathReward} puts the first two together as a reward.
 *
 * <pre>
 * text of a completion -- finding --&gt; answer -- reading --&gt; tree -- algebra --&gt; quotient of polynomials
 *                                                  \________ comparing _________/ --&gt; verdict
 * </pre>
 *
 * <p>Inside, a text becomes tokens, then a small tree, then a quotient of polynomials over the rationals in independent
 * generators. Two answers with the same quotient are equal by proof; where no such form exists both are evaluated in high
 * precision at several points and compared by relative error. All work is counted against a fixed budget, so that nothing
 * a student writes can hang the run; what goes beyond it is undecided, never right or wrong.
 *
 * <p>The packages below import one another in one direction, finding from comparing from reading from algebra, and none of
 * them this one. What they make public is for these packages alone; the exceptions are the
 * {@link dev.wst.rewards.math.comparing.Verdict} that a comparison comes to, and what it is told beforehand:
 * {@link dev.wst.rewards.math.comparing.PercentPolicy} and {@link dev.wst.rewards.math.comparing.UnitPolicy}.
 *
 * <p>Imports the packages below, the root package of wst-core and the JDK, nothing else.
 */
@NullMarked
package dev.wst.rewards.math;

import org.jspecify.annotations.NullMarked;
