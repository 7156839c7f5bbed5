/** Kernels of ND4J operations alone, which run on whatever backend it has: slow on a CPU, meant for devices and tests. */
@NullMarked
package dev.wst.engine.tensor.portable;

import org.jspecify.annotations.NullMarked;
