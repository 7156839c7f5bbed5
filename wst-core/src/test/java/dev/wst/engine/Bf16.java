package dev.wst.engine;

import dev.wst.engine.tensor.BackendException;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/** Tests in BF16 or INT8 on a processor that may not compute in it. */
public final class Bf16 {
    private Bf16() {}

    /** What opens something in BF16 or INT8; the test is skipped where this processor has no such products. */
    public static <T> T orSkipped(Supplier<T> opened) {
        try {
            return opened.get();
        } catch (BackendException e) {
            if (e.getMessage() != null && e.getMessage().contains("do not run on this processor")) {
                throw new TestAbortedException(e.getMessage());
            }
            throw e;
        }
    }
}
