/**
 * What a trained teacher has to beat: searching for one instruction for all questions, among given ones or by reflection on what went
 * wrong, within a budget of the student's calls.
 *
 * <p>Imports the root package, {@code budget}, {@code calls} and {@code evaluation}. Models that write or reflect come in as functions.
 */
@NullMarked
package dev.wst.search;

import org.jspecify.annotations.NullMarked;
