/** The command line: what each command does is in its own class. */
@NullMarked
package dev.wst.examples.cli;

import org.jspecify.annotations.NullMarked;
