package dev.wst;

/**
 * A call was not made because it might have cost more than what is left of a budget. Nothing was paid for it; raise the budget
 * to go on.
 */
public final class BudgetSpentException extends WstException {
    private static final long serialVersionUID = 1L;

    public BudgetSpentException(String message) {
        super(message);
    }
}
