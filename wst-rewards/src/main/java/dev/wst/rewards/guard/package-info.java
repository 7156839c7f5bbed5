/**
 * Guards against the ways in which a teacher can earn reward without teaching: writing the answer into the instruction,
 * addressing the judge, degenerate text, and others. A {@link dev.wst.rewards.guard.GuardedReward} puts
 * {@link dev.wst.rewards.guard.Guard}s around any reward; each logs, penalises or takes away the verdict, and each reports
 * how often it found something.
 *
 * <p>{@link dev.wst.rewards.guard.LeakDetector} can be used alone.
 *
 * <p>Imports the root package of wst-core, the one of this module for the access to the student, {@code calls} to wait for
 * many findings, and {@code math} for what an answer is and when two are equal, with the verdicts of its {@code comparing}.
 */
@NullMarked
package dev.wst.rewards.guard;

import org.jspecify.annotations.NullMarked;
