package dev.wst.engine.model;

import dev.wst.engine.nn.PromptMemory;

/**
 * What is remembered of the texts that a model wrote with one adapter, so that the next are written sooner: guesses of how a text goes
 * on, and what was computed of the beginning that its prompts share.
 *
 * <pre>{@code
 * try (LanguageModel languageModel = LanguageModel.open(Path.of("SmolLM2.gguf"), KernelChoice.best(Optional.empty()));
 *         EarlierTexts earlierTexts = new EarlierTexts()) {
 *     for (int[] encoded : prompts) {
 *         languageModel.generate(
 *                 List.of(encoded), Sampling.greedy(32), new long[] {17}, false, Optional.of(earlierTexts));
 *     }
 * }
 * }</pre>
 *
 * <p>For calls of one model, which take turns, all with the same weights and adapter.
 */
public final class EarlierTexts implements AutoCloseable {
    private final NGramLookup lookup = new NGramLookup();
    private final PromptMemory prompts = new PromptMemory();

    NGramLookup lookup() {
        return lookup;
    }

    PromptMemory prompts() {
        return prompts;
    }

    /** Bytes of the engine's memory that it holds. */
    public long bytes() {
        return prompts.bytes();
    }

    /** Frees them; the model must not be using it, and be open. */
    @Override
    public void close() {
        prompts.close();
    }
}
