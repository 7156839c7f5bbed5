package dev.wst.engine.model;

/**
 * What a model wrote after a prompt.
 *
 * @param text without the end token or stop string that ended it
 * @param tokens [T] all that was drawn, the end token included
 * @param logProbabilities [T] of each token when it was drawn, temperature applied, filters not
 * @param ended whether the model ended it; otherwise it reached the limit of tokens
 */
public record Continuation(String text, int[] tokens, double[] logProbabilities, boolean ended) {}
