/**
 * Rewards by running code: a candidate program is tried against tests in a process of its own.
 *
 * <p>{@link dev.wst.rewards.code.CodeReward} takes the program out of the student's answer and gives it to a
 * {@link dev.wst.rewards.code.CodeExecutor}; {@link dev.wst.rewards.code.PythonExecutor} is the one that ships.
 * {@link dev.wst.rewards.code.HumanEval} and {@link dev.wst.rewards.code.Mbpp} read tasks. Nothing runs unless an executor
 * is built.
 *
 * <p>Three processes take part. Java starts the <em>judge</em>, a Python interpreter that holds the tests and does every
 * comparison; the judge starts the <em>cell</em>, another one, which gives up what it can (files, network, processes,
 * memory) before it loads the candidate and answers calls. Between the two go plain values only, so there is no verdict on
 * the candidate's side to forge: see the scripts in this package's resources.
 *
 * <p>Imports the root package of wst-core, {@code calls} to wait for many programs, and Jackson.
 */
@NullMarked
package dev.wst.rewards.code;

import org.jspecify.annotations.NullMarked;
