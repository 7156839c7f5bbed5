/**
 * Programs that print the figures the rewards module is held to, each from data at hand, one command each.
 *
 * <p>Imports the root package of wst-core, wst-rewards, Jackson and picocli.
 */
@NullMarked
package dev.wst.examples.figures;

import org.jspecify.annotations.NullMarked;
