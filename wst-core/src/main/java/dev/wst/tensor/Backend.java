package dev.wst.tensor;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/** Which ND4J backend is on the class path. */
final class Backend {
    private Backend() {}

    /**
     * Whether arrays lie in the host's memory.
     *
     * @throws BackendException if no backend can be loaded
     */
    static boolean isCpu() {
        return Holder.CPU;
    }

    /** ND4J's own name for the backend. */
    static String name() {
        return isCpu() ? "ND4J on the CPU" : "ND4J on CUDA";
    }

    private static final class Holder {
        static final boolean CPU = load();

        private static boolean load() {
            try {
                Nd4jBackend backend = Nd4j.getBackend();
                return backend == null || Nd4j.getEnvironment().isCPU();
            } catch (ExceptionInInitializerError | NoClassDefFoundError | RuntimeException e) {
                throw new BackendException(
                        "no ND4J backend could be loaded; add org.nd4j:nd4j-native:1.0.0-M2.1 and the same with your"
                                + " platform's classifier (such as linux-x86_64) to the class path",
                        e);
            }
        }
    }
}
