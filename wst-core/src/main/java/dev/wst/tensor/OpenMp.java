package dev.wst.tensor;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the threads of the native libraries wait for one another. By default they spin, which costs nothing on an idle machine
 * and a third of the speed beside one busy neighbour (DESIGN.md): a library inside somebody's service must not do that.
 */
final class OpenMp {
    private static final Logger LOG = LoggerFactory.getLogger(OpenMp.class);
    private static final String POLICY = "OMP_WAIT_POLICY";
    private static final int KEEP = 0;

    private OpenMp() {}

    /**
     * Lets waiting threads sleep, unless the environment says otherwise. OpenMP reads its environment once, when the first
     * native library that uses it is loaded, so this comes before.
     */
    static void sleepWhileWaiting() {
        try {
            if (Platform.isWindows()) {
                return;
            }
            Function.getFunction("c", "setenv").invokeInt(new Object[] {POLICY, "passive", KEEP});
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("{} could not be set: {}", POLICY, e.toString());
        }
    }
}
