/**
 * From the text of an answer to its tree: {@link dev.wst.rewards.math.reading.Answers} takes the wrapping off, splits the text
 * into lexemes and parses them; sums, integrals and limits are carried out on the way. Units, numerals in words and the
 * letters of options are read here as well.
 *
 * <p>Imports algebra.
 */
@NullMarked
package dev.wst.rewards.math.reading;

import org.jspecify.annotations.NullMarked;
