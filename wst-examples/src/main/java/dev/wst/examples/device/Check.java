package dev.wst.examples.device;

/** One thing that must hold on a card. */
interface Check {
    /** In a few words. */
    String name();

    /**
     * Looks whether it holds.
     *
     * @return what was measured
     * @throws CheckFailedException if it does not hold
     */
    String run();
}
