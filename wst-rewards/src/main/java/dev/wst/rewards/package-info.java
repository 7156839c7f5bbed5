/**
 * Ready-made reward functions, one package for each kind, and here what puts them together: {@link
 * dev.wst.rewards.Rewards} begins a sum, a minimum or a chain, {@link dev.wst.rewards.ComposableReward} goes on from there.
 * Every piece is usable alone, without training.
 *
 * <p>All combinators forward whole batches: a reward that judges a batch in one call still gets the batch, and asynchronous
 * rewards are under way at once. What a reward was made of is kept as its named parts, which the training log averages.
 *
 * <p>Imports the root package of wst-core, and {@code calls}, {@code answers} and {@code budget} for what waits for
 * others and is paid, with Jackson for verdicts that are kept: a combinator knows no reward.
 */
@NullMarked
package dev.wst.rewards;

import org.jspecify.annotations.NullMarked;
