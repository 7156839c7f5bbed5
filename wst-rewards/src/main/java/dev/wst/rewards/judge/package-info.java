/**
 * Judges: any LangChain4j chat model that grades an answer by a rubric, or tells which of two answers is better, and
 * canaries that tell whether such a judge can be talked over.
 *
 * <p>A {@link dev.wst.rewards.judge.Judge} is the model with everything that makes its word usable: one exact form of
 * verdict, tries, votes, a cache, a bound on the calls under way. {@link dev.wst.rewards.judge.RubricReward} and
 * {@link dev.wst.rewards.judge.PairwiseReward} are the rewards made from it. Whatever is not a verdict in that form
 * (prose, a wrong range, an exception, silence) is no verdict: the attempt is then unscored, with the reason.
 *
 * <p>Imports the root package of wst-core, the one of this module for the access to the student, {@code calls} to bound
 * its calls and to ask nothing twice, {@code answers} and {@code budget} to keep its replies and pay for them, {@code student}
 * to tell calls of chat models apart, {@code guard} for what of an answer is thinking, langchain4j-core for the model, Jackson
 * to read verdicts and Caffeine to remember them.
 */
@NullMarked
package dev.wst.rewards.judge;

import org.jspecify.annotations.NullMarked;
