/**
 * The kernels on an NVIDIA card: driver, run-time compiler and matrix products of CUDA 12 or 13 through JNA. The kernels
 * themselves are CUDA C in the resources of this package, compiled for the card at hand. {@link
 * dev.wst.engine.tensor.cuda.Device} is the seam below which a card lies; whatever is above it runs without one.
 */
@NullMarked
package dev.wst.engine.tensor.cuda;

import org.jspecify.annotations.NullMarked;
