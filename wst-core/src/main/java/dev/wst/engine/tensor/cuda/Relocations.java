package dev.wst.engine.tensor.cuda;

/** Counts how often matrices were allocated or freed: what was recorded with their addresses before is void then. */
final class Relocations {
    private long count;

    void add() {
        count++;
    }

    long count() {
        return count;
    }
}
