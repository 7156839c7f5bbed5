/** Benchmarks: programs that print lines of JSON, to be run beside their peers. */
@NullMarked
package dev.wst.examples.bench;

import org.jspecify.annotations.NullMarked;
