/**
 * The training loop: {@link dev.wst.training.WstTrainer}, its builder, and the stages of a step in the order they run.
 *
 * <p>Imports the root package, {@code rl}, {@code calls}, {@code checkpoint}, {@code critic}, {@code diagnosis}, {@code evaluation}, {@code files} and
 * {@code metrics}. Nothing of this library imports it.
 * Letters: B tasks of a step, G instructions for a task, k answers of each student to an instruction.
 */
@NullMarked
package dev.wst.training;

import org.jspecify.annotations.NullMarked;
