/**
 * What rewards that ask somebody else have in common, be it a judge, a service or the student.
 *
 * <p>{@link dev.wst.rewards.calls.CallGate} bounds the calls under way.
 *
 * <p>A package of its own because {@code judge} and {@code preference} both need it and neither may import the other. It is
 * public to them, not meant for users. Imports nothing but the JDK.
 */
@NullMarked
package dev.wst.rewards.calls;

import org.jspecify.annotations.NullMarked;
