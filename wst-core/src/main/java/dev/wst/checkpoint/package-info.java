/**
 * What a run needs to go on after its process ended: checkpoints in a folder, each with hashes of all its files.
 *
 * <p>Imports the root package, {@code files}, Jackson and SLF4J.
 */
@NullMarked
package dev.wst.checkpoint;

import org.jspecify.annotations.NullMarked;
