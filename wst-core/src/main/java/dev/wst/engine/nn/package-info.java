/**
 * The decoder: a transformer of the Llama and Qwen2 families with its backward pass written out beside its forward pass,
 * low-rank adapters, the key-value cache and AdamW. It knows token ids and slopes, no text, no rewards and no files.
 *
 * <p>Imports {@code tensor}, and of {@code weights} the shape of a decoder. Public because packages of this library need it;
 * not meant for applications.
 *
 * <p>Letters: N packed token rows, W width of the model, H query heads, K key-value heads, Q = H / K query heads that
 * share one key-value head, D width of a head, F width of the feed-forward layer, V vocabulary, P tokens of a prompt,
 * G continuations of a prompt, T tokens of a continuation, S tokens of all continuations, R rank of an adapter. Where
 * texts are written: B prompts, A the most continuations of one, L tokens of each that one step reads, P and T rounded up to the room that
 * there is.
 *
 * <p>All memory but the weights stands in four records, shape by shape: {@link dev.wst.engine.nn.LayerActivations},
 * {@link dev.wst.engine.nn.Scratch}, {@link dev.wst.engine.nn.HeadScratch}, {@link dev.wst.engine.nn.DecodingMemory}; how
 * much the first two take for a batch, in {@link dev.wst.engine.nn.ActivationSizes}.
 */
@NullMarked
package dev.wst.engine.nn;

import org.jspecify.annotations.NullMarked;
