/** Native libraries, whichever they are: how their threads wait, and where they can be unpacked. Imports JNA. */
@NullMarked
package dev.wst.engine.tensor.natives;

import org.jspecify.annotations.NullMarked;
