/**
 * Known ways in which training goes wrong, found by their signs: while a run is under way, and afterwards in its directory.
 * DIAGNOSES.md explains each.
 *
 * <p>Imports the root package, {@code evaluation}, {@code metrics} and commons-math3.
 */
@NullMarked
package dev.wst.diagnosis;

import org.jspecify.annotations.NullMarked;
