/**
 * Answers that were paid for, kept so that nobody pays for them again: an {@link dev.wst.answers.AnswerStore} is one file of
 * texts under keys, and {@link dev.wst.answers.KeptAnswers} are the answers of models in it.
 *
 * <p>The file is an SQLite database, since it must survive a process that is killed and two processes that write, and be found
 * again under a key without reading all of it. It is reached through {@code java.sql} alone.
 *
 * <p>Imports the root package, {@code files}, Caffeine before the file, Jackson for what is kept, SLF4J.
 */
@NullMarked
package dev.wst.answers;

import org.jspecify.annotations.NullMarked;
