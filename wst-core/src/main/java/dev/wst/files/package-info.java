/**
 * Files and directories that are there whole or not at all, however a process ends, and the lock of a directory that one process
 * writes.
 *
 * <p>Imports the root package.
 */
@NullMarked
package dev.wst.files;

import org.jspecify.annotations.NullMarked;
