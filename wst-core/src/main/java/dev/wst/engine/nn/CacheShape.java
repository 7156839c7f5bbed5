package dev.wst.engine.nn;

/**
 * How much a {@link KeyValueCache} holds.
 *
 * @param prompts B
 * @param continuations A, the most of one prompt
 * @param longestPrompt tokens of the longest prompt
 * @param maxTokens the most tokens of a continuation
 */
record CacheShape(int prompts, int continuations, int longestPrompt, int maxTokens) {}
