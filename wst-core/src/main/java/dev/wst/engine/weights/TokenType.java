package dev.wst.engine.weights;

/** The numbers by which a GGUF file says what kind each of its tokens is, in tokenizer.ggml.token_type. */
public final class TokenType {
    public static final int NORMAL = 1;
    /** Written by templates, and never part of a text. */
    public static final int CONTROL = 3;
    /** Added to the vocabulary whole: no merges lead to it. */
    public static final int USER_DEFINED = 4;

    public static final int UNUSED = 5;

    private TokenType() {}
}
