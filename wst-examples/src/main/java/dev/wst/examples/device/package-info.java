/** Whether a card computes what the processor computes: a check to run on the machine that has the card. */
@NullMarked
package dev.wst.examples.device;

import org.jspecify.annotations.NullMarked;
