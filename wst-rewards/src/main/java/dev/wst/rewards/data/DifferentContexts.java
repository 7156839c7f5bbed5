package dev.wst.rewards.data;

/** What to do with a pair whose two transcripts differ before the last reply already. */
public enum DifferentContexts {
    /** The file is refused, with the line. */
    REFUSE,
    /** The pair is left out; how many were is logged as a warning. */
    SKIP,
    /**
     * Both are split where they part: after the last mark of the assistant that they share. What follows it, later turns
     * included, counts as the reply.
     */
    SPLIT_WHERE_THEY_PART
}
