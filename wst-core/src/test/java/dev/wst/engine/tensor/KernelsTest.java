package dev.wst.engine.tensor;

import dev.wst.engine.model.KernelChoice;
import org.junit.jupiter.api.Nested;

/** One contract for every way through the seam that a CPU has. */
class KernelsTest {

    @Nested
    class Host extends KernelsContract {
        Host() {
            super(() -> KernelChoice.named("host"));
        }
    }

    @Nested
    class Portable extends KernelsContract {
        Portable() {
            super(() -> KernelChoice.named("portable"));
        }
    }

    @Nested
    class OneDnnTest extends KernelsContract {
        OneDnnTest() {
            super(() -> KernelChoice.named("onednn"));
        }
    }
}
