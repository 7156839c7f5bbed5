/** Holds the documentation to its word: what it shows as Java is compiled. */
@NullMarked
package dev.wst.examples.documentation;

import org.jspecify.annotations.NullMarked;
