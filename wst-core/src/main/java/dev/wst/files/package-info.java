/**
 * Files and directories that are there whole or not at all, however a process ends and whoever interrupts it, the lock of a directory
 * that one process writes, and the number of a file's format.
 *
 * <p>Imports the root package. Public because packages of this library need it.
 */
@NullMarked
package dev.wst.files;

import org.jspecify.annotations.NullMarked;
