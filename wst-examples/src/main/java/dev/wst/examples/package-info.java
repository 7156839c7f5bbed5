/** The command line: one class for each command in {@code cli}, {@code bench} and {@code figures}. */
@NullMarked
package dev.wst.examples;

import org.jspecify.annotations.NullMarked;
