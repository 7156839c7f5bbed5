/** Programs that use the library as badly as they can and count what came of it. */
@NullMarked
package dev.wst.examples.torture;

import org.jspecify.annotations.NullMarked;
