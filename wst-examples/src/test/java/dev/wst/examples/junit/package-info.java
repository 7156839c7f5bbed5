/** The JUnit extension of wst-rewards on the embedded pair, as an app uses it, and what it says where a build must fail. */
@NullMarked
package dev.wst.examples.junit;

import org.jspecify.annotations.NullMarked;
