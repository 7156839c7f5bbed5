/** Benchmarks of the engine: programs that print one line of JSON each, to be run beside their peers. */
@NullMarked
package dev.wst.examples.bench;

import org.jspecify.annotations.NullMarked;
