/**
 * The report of a run: one HTML file for a person who was not there, the same as Markdown and as JSON, and several runs side by
 * side. {@link dev.wst.report.RunFacts} gathers what a run's directory holds, {@link dev.wst.report.RunDocument} chooses what is told
 * of it, and {@link dev.wst.report.HtmlText} and {@link dev.wst.report.MarkdownText} write that down. Texts of models are
 * escaped where they are written, and nowhere else.
 *
 * <p>Imports the root package, {@code budget}, {@code diagnosis}, {@code evaluation}, {@code files}, {@code metrics} and Jackson.
 */
@NullMarked
package dev.wst.report;

import org.jspecify.annotations.NullMarked;
