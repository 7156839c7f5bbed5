/**
 * Small networks of dense layers that give one number for each row: the critic, and the model of what people prefer. The one door to
 * Deeplearning4j.
 *
 * <p>Imports the root package, {@code engine.tensor.nd4j} to keep arrays from being freed in use, Deeplearning4j and ND4J. Letters: N
 * rows, F numbers of a row.
 */
@NullMarked
package dev.wst.engine.dense;

import org.jspecify.annotations.NullMarked;
