/**
 * Memory in ND4J's arrays, how they are kept while something computes with them, and which of ND4J's backends is there. The door to
 * ND4J, together with the kernels that use it.
 */
@NullMarked
package dev.wst.engine.tensor.nd4j;

import org.jspecify.annotations.NullMarked;
