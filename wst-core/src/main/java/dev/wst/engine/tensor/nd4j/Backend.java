package dev.wst.engine.tensor.nd4j;

import dev.wst.engine.tensor.BackendException;
import dev.wst.engine.tensor.natives.OpenMp;
import dev.wst.engine.tensor.natives.UnpackingPlaces;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/** Which ND4J backend is on the class path. */
public final class Backend {
    private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

    private Backend() {}

    /**
     * Whether arrays lie in the host's memory.
     *
     * @throws BackendException if no backend can be loaded
     */
    public static boolean isCpu() {
        return Holder.FOUND.isCpu();
    }

    /**
     * Whether a backend that computes on a device is on the class path; found without loading one. False where there is
     * no ND4J at all.
     */
    public static boolean isForDevice() {
        try {
            return ServiceLoader.load(Nd4jBackend.class).stream()
                    .anyMatch(provider -> provider.type().getName().contains("JCublas"));
        } catch (LinkageError | ServiceConfigurationError e) {
            return false;
        }
    }

    /** ND4J's own name for the backend. */
    public static String name() {
        return isCpu() ? "ND4J on the CPU" : "ND4J on CUDA";
    }

    /** What loading came to; an exception thrown while a class is initialised would reach the user as another one. */
    private record Found(boolean cpu, @Nullable Throwable failure) {
        boolean isCpu() {
            if (failure != null) {
                throw new BackendException(
                        "no ND4J backend could be loaded, which the critic, the preference model and all kernels but"
                                + " oneDNN need; "
                                + UnpackingPlaces.objection()
                                        .orElse("add org.nd4j:nd4j-native:1.0.0-M2.1 and the same with your platform's"
                                                + " classifier (such as linux-x86_64) to the class path"),
                        failure);
            }
            return cpu;
        }
    }

    /**
     * JavaCPP refuses native memory once the process holds four times the Java heap's limit. Models live outside the heap: a
     * service with a small heap would fail in the middle of a run. Whoever sets the property keeps the limit.
     */
    private static void liftMemoryLimit() {
        if (System.getProperty(MEMORY_LIMIT) == null
                && System.getProperty(MEMORY_LIMIT.toLowerCase(Locale.ROOT)) == null) {
            System.setProperty(MEMORY_LIMIT, "0");
        }
    }

    private static final class Holder {
        static final Found FOUND = load();

        private static Found load() {
            OpenMp.waitBriefly();
            liftMemoryLimit();
            try {
                Nd4jBackend backend = Nd4j.getBackend();
                return new Found(backend == null || Nd4j.getEnvironment().isCPU(), null);
            } catch (LinkageError | RuntimeException e) {
                return new Found(false, e);
            }
        }
    }
}
