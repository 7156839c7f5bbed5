/**
 * What a run may cost and what it has cost: a {@link dev.wst.budget.Budget} of calls, tokens, money and time, and one
 * {@link dev.wst.budget.Ledger} from which every call of a model is paid, whoever makes it.
 *
 * <p>A call is paid in two steps: what it may cost at most is reserved before it is made, and settled by what it did cost. So
 * the sum of what was paid and of what may still be asked for never passes the budget, and a
 * {@link dev.wst.budget.Journal} keeps that sum on the disk, so that a run that is killed does not forget it.
 *
 * <p>Imports the root package, Jackson for price tables, SLF4J.
 */
@NullMarked
package dev.wst.budget;

import org.jspecify.annotations.NullMarked;
