/**
 * Tasks and preferences from the files that datasets are published in: JSON lines of question and answer, GSM8K, MATH,
 * multiple choice, HH-RLHF. A bad line is named with its file and number.
 *
 * <p>Imports the root package of wst-core and Jackson.
 */
@NullMarked
package dev.wst.rewards.data;

import org.jspecify.annotations.NullMarked;
