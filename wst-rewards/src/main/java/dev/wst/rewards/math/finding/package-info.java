/**
 * From a text to what in it may be the answer: the passage that is meant, boxes, marks and tags, phrases that announce an
 * answer, and the last formula or number, each taken with all that belongs to it.
 *
 * <p>Imports algebra, reading and comparing.
 */
@NullMarked
package dev.wst.rewards.math.finding;

import org.jspecify.annotations.NullMarked;
