package dev.wst.engine;

import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.cuda.CardOnCpu;
import java.util.function.Supplier;

/** Kernels by name in tests: {@code cuda} is a card that the processor plays. */
public final class KernelNames {
    private static final String LIBRARIES = "wst.cuda.libraries";
    private static final String DEVICE = "wst.device";

    private KernelNames() {}

    public static Kernels load(String name) {
        return with(name, () -> KernelChoice.named(name));
    }

    /** Loads something that chooses its kernels by this name. */
    public static <T> T with(String name, Supplier<T> load) {
        if (!name.equals("cuda")) {
            return load.get();
        }
        String libraries = System.getProperty(LIBRARIES, "");
        String device = System.getProperty(DEVICE, "none");
        System.setProperty(LIBRARIES, new CardOnCpu().directory().toString());
        System.setProperty(DEVICE, "0");
        try {
            return load.get();
        } finally {
            System.setProperty(LIBRARIES, libraries);
            System.setProperty(DEVICE, device);
        }
    }
}
