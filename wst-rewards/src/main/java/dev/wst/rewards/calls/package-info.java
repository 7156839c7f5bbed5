/**
 * What rewards that ask somebody else have in common, be it a judge, a service or the student.
 *
 * <p>{@link dev.wst.rewards.calls.CallGate} bounds the calls under way, {@link dev.wst.rewards.calls.AskedOnce} sees to it
 * that nothing is asked twice, {@link dev.wst.rewards.calls.Pending} waits for many results, {@link dev.wst.rewards.calls.Excerpt}
 * cuts what is too long to be asked about.
 *
 * <p>A package of its own because several packages of rewards need it and none of them may import another. It is
 * public to them, not meant for users. Imports nothing but the JDK.
 */
@NullMarked
package dev.wst.rewards.calls;

import org.jspecify.annotations.NullMarked;
