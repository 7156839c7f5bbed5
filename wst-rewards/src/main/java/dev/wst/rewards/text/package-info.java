/**
 * Rewards that read the text of an answer, or of an instruction, without asking a model to judge it: matching and similarity
 * to the task's reference, format, length, repetition. Each says which of the two texts it reads ({@link
 * dev.wst.rewards.text.ScoredText}); the answer unless told otherwise.
 *
 * <p>A task without a reference is a mistake in the set-up and throws. A text that cannot be judged by its own fault (blank,
 * too long, endless to search) has the lowest score, and a part says so: were it unscored, a student could make its failures
 * leave the batch. Faults of a reference or a model leave the attempt unscored. Work is bounded, so that nothing a student
 * writes can hang a run.
 *
 * <p>Imports the root package of wst-core, its {@code calls} to hold a grader to its contract, and {@code guard} for the ways in
 * which a text can be read and what of it is thinking; commons-text for edit distance, RE2/J for regular expressions, the
 * JSON-schema validator of networknt with Jackson, LangChain4j for embeddings, and {@code student} to say how their models failed.
 */
@NullMarked
package dev.wst.rewards.text;

import org.jspecify.annotations.NullMarked;
