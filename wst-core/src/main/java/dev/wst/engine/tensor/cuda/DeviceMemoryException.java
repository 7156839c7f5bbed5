package dev.wst.engine.tensor.cuda;

import dev.wst.EnvironmentException;

/** The card's memory is full; the message says what was asked for, what is free and which setting to lower. */
public final class DeviceMemoryException extends EnvironmentException {
    private static final long serialVersionUID = 1L;

    DeviceMemoryException(long asked, long free) {
        super("the card has no room for another " + megabytes(asked) + " (free: " + megabytes(free)
                + "); lower the batch, the samples or the tokens to be written, close other models, or choose another card"
                + " with -Dwst.device=N");
    }

    DeviceMemoryException(String what) {
        super("the card's memory is full: " + what
                + " failed; close other programs or models that use the card, or choose"
                + " another with -Dwst.device=N");
    }

    private static String megabytes(long bytes) {
        return (bytes + (1 << 20) - 1) / (1 << 20) + " MB";
    }
}
