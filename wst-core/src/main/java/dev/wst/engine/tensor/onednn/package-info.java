/**
 * Kernels through oneDNN 3, called directly with weights packed once; what it has no primitive for are the loops of
 * {@code host}. Needs no ND4J.
 *
 * <p>Imports the seam, {@code host}, JNA.
 */
@NullMarked
package dev.wst.engine.tensor.onednn;

import org.jspecify.annotations.NullMarked;
