/**
 * The embedded pair: two miniature transformers made by this library's engine, small enough to ship, and the program that
 * made them. The student answers at once and is mostly wrong unless the instruction names the method that fits the
 * question; then it works the answer out in text. The teacher writes instructions of every kind and has no idea which fits
 * which question: that is what training finds out.
 */
@NullMarked
package dev.wst.examples.pair;

import org.jspecify.annotations.NullMarked;
