/**
 * Reward models: one trained here on pairs of replies, and any that another machine serves.
 *
 * <p>A {@link dev.wst.rewards.preference.PreferenceModel} is a Deeplearning4j network on sentence embeddings, trained so
 * that the difference of two scores is the logit of preferring one reply (Bradley and Terry; arXiv 1706.03741, 2203.02155).
 * {@link dev.wst.rewards.preference.PreferenceReward} makes a reward of it,
 * {@link dev.wst.rewards.preference.RemoteReward} one of an HTTP service as verl and OpenRLHF use them.
 *
 * <p>Imports the root package of wst-core, {@code data} for pairs, {@code calls} to bound requests, {@code answers}
 * and {@code budget} to keep scores and pay for them, {@code text} to cut texts,
 * langchain4j-core for embeddings, {@code student} to say how their models failed, {@code engine.dense} for the network, and
 * Jackson for its files and the services' messages. Letters: N texts, D width of an embedding, F features of a reply.
 */
@NullMarked
package dev.wst.rewards.preference;

import org.jspecify.annotations.NullMarked;
