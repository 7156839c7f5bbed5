package dev.wst.engine.tensor.cuda;

/**
 * Counts what makes something remembered about matrices void: that one was allocated or freed, or that numbers of any may have
 * changed.
 */
final class Changes {
    private long moves;
    private long writes;

    /** A matrix was allocated or freed: addresses that were recorded may be others'. */
    void moved() {
        moves++;
        writes++;
    }

    /** Numbers of some matrix may have changed. */
    void written() {
        writes++;
    }

    long moves() {
        return moves;
    }

    long writes() {
        return writes;
    }
}
