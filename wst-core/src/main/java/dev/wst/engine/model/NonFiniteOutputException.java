package dev.wst.engine.model;

import dev.wst.InvalidInputException;

/** A model's distribution over the next token is not one: its weights, or what they were trained to, are damaged. */
public final class NonFiniteOutputException extends InvalidInputException {
    private static final long serialVersionUID = 1L;

    NonFiniteOutputException(double mass) {
        super("the model gives the next token probabilities that add up to " + mass
                + " instead of 1: its weights hold, or lead to, numbers that are not finite; train with a lower learning"
                + " rate, or load other weights");
    }
}
