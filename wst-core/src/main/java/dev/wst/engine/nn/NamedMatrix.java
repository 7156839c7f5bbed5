package dev.wst.engine.nn;

import dev.wst.engine.tensor.Matrix;

/**
 * A matrix of an adapter.
 *
 * @param name as PEFT has it, without what PEFT puts before the model's own names
 */
public record NamedMatrix(String name, Matrix value) {}
