/**
 * Everything that waits for somebody else: how many are asked at once, for how long, how often again. Students through
 * {@link dev.wst.calls.StudentCalls}, rewards through {@link dev.wst.calls.Verdicts}; what rewards build their own calls from.
 *
 * <p>Imports the root package, Resilience4j, SLF4J.
 */
@NullMarked
package dev.wst.calls;

import org.jspecify.annotations.NullMarked;
