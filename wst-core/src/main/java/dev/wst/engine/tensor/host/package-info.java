/**
 * Kernels on a CPU as Java loops over rows on the heap, split over a pool of threads in pieces that do not depend on how
 * many there are. {@link dev.wst.engine.tensor.host.CpuKernels} is what kernels on a CPU share; where oneDNN does not load,
 * {@link dev.wst.engine.tensor.host.HostKernels} takes its matrix products from ND4J.
 *
 * <p>Imports the seam, ND4J's memory, JNA.
 */
@NullMarked
package dev.wst.engine.tensor.host;

import org.jspecify.annotations.NullMarked;
