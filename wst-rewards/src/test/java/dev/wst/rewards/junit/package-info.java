/**
 * For the tests of an app: a build that fails when the trained teacher helps less than it did. It ships in the test-jar of
 * wst-rewards; JUnit 5 or newer is the app's.
 *
 * <p>Imports the root package, {@code answers}, {@code calls}, {@code evaluation}, {@code serving}, {@code rewards.data} and JUnit.
 */
@NullMarked
package dev.wst.rewards.junit;

import org.jspecify.annotations.NullMarked;
