package dev.wst.engine.tensor.natives;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the threads of the native libraries wait for one another. By default they spin for milliseconds, which costs nothing
 * on an idle machine and a third of the speed beside one busy neighbour; sleeping at once costs a third of the speed on an
 * idle one, since waking takes as long as a small product (DESIGN.md). So they spin for as long as a gap between two
 * products lasts, then sleep.
 */
public final class OpenMp {
    private static final Logger LOG = LoggerFactory.getLogger(OpenMp.class);
    private static final String POLICY = "OMP_WAIT_POLICY";
    private static final String SPINS = "GOMP_SPINCOUNT";
    /** Some 30 microseconds on a processor whose pause takes 40 cycles. */
    private static final String SHORT = "3000";

    private static final int KEEP = 0;

    private OpenMp() {}

    /**
     * Lets waiting threads sleep after a short while, unless the environment says otherwise. OpenMP reads its environment
     * once, when the first native library that uses it is loaded, so this comes before.
     */
    public static void waitBriefly() {
        try {
            if (Platform.isWindows() || System.getenv(POLICY) != null) {
                return;
            }
            Function set = Function.getFunction("c", "setenv");
            set.invokeInt(new Object[] {POLICY, "passive", KEEP});
            set.invokeInt(new Object[] {SPINS, SHORT, KEEP});
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("{} could not be set: {}", POLICY, e.toString());
        }
    }
}
