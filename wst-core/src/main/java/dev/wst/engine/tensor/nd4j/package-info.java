/** Memory in ND4J's arrays, and which of its backends is there. The door to ND4J, together with the kernels that use it. */
@NullMarked
package dev.wst.engine.tensor.nd4j;

import org.jspecify.annotations.NullMarked;
