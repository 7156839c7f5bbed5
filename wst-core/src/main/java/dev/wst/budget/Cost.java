package dev.wst.budget;

import java.math.BigDecimal;

/**
 * What calls of models cost, or may cost at most.
 *
 * <pre>{@code
 * Cost need = Budget.unlimited().withCalls(10_000).most(student.call(advice), 64);
 * System.out.println(need.calls() + " calls, up to " + need.tokens() + " tokens");
 * }</pre>
 *
 * @param calls how many
 * @param inputTokens read by the models
 * @param outputTokens written by them
 * @param money in the currency of the budget's price table; 0 without one
 * @param uncounted calls whose output nobody counted and nothing bounds: their output tokens are missing above
 */
public record Cost(long calls, long inputTokens, long outputTokens, BigDecimal money, long uncounted) {
    /** Nothing. */
    public static final Cost NONE = new Cost(0, 0, 0, BigDecimal.ZERO, 0);

    public Cost {
        if (calls < 0 || inputTokens < 0 || outputTokens < 0 || money.signum() < 0 || uncounted < 0) {
            throw new IllegalArgumentException(
                    "a cost has no negative part, got " + calls + " calls, " + inputTokens + " input and "
                            + outputTokens + " output tokens, money " + money + ", " + uncounted + " uncounted");
        }
        money = money.signum() == 0 ? BigDecimal.ZERO : money.stripTrailingZeros();
    }

    /** Input and output together. */
    public long tokens() {
        return Math.addExact(inputTokens, outputTokens);
    }

    /** Both together. */
    public Cost plus(Cost other) {
        return new Cost(
                Math.addExact(calls, other.calls),
                Math.addExact(inputTokens, other.inputTokens),
                Math.addExact(outputTokens, other.outputTokens),
                money.add(other.money),
                Math.addExact(uncounted, other.uncounted));
    }

    /** Without a part of it. */
    Cost minus(Cost part) {
        return new Cost(
                calls - part.calls,
                inputTokens - part.inputTokens,
                outputTokens - part.outputTokens,
                money.subtract(part.money),
                uncounted - part.uncounted);
    }
}
