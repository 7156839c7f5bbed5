/** Short programs, one idea each, that run as they are: the embedded pair stands in for models of the user's own. */
@NullMarked
package dev.wst.examples.api;

import org.jspecify.annotations.NullMarked;
