/**
 * Tasks and preferences from the files that datasets are published in: JSON lines of question and answer, GSM8K, MATH,
 * multiple choice, HH-RLHF. A bad line is named with its file and number. And the other way: what an app asks its model, recorded as tasks.
 *
 * <p>Imports the root package of wst-core, LangChain4j and Jackson.
 */
@NullMarked
package dev.wst.rewards.data;

import org.jspecify.annotations.NullMarked;
