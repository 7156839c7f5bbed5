package dev.wst.rl;

/** How GRPO weighs the tokens of a batch. */
public enum GrpoLoss {
    /** Mean over instructions of the mean over tokens (arXiv 2402.03300, equation 3). */
    GRPO,
    /** Mean over all tokens (arXiv 2503.14476, equation 8). */
    DAPO,
    /** Sum divided by instructions times the longest length that sampling allows (arXiv 2503.20783): no reward for length. */
    DR_GRPO,
    /** One ratio for an instruction, the geometric mean of its tokens' (arXiv 2507.18071, equation 7). */
    GSPO
}
