package dev.wst.engine.nn;

/** What a forward pass keeps of each layer for the backward pass. */
public enum Kept {
    /** All that the backward pass reads. */
    EVERYTHING,
    /** What goes into the layer; the rest is computed again just before its backward pass, to the same numbers. */
    INPUTS
}
