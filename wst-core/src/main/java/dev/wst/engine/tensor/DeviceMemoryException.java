package dev.wst.engine.tensor;

import dev.wst.EnvironmentException;

/** The card's memory is full; the message says what was asked for, for what, what is free and which setting to lower. */
public final class DeviceMemoryException extends EnvironmentException {
    private static final long serialVersionUID = 1L;

    private final long asked;
    private final long free;

    /**
     * Without a name for what was asked for; {@link #of} gives one.
     *
     * @param asked bytes
     * @param free bytes
     */
    public DeviceMemoryException(long asked, long free) {
        this("a part of the model", asked, free);
    }

    /**
     * Where nobody knows how much was asked for.
     *
     * @param what the driver did not do
     */
    public DeviceMemoryException(String what) {
        super("the card's memory is full: " + what
                + " failed; close other programs or models that use the card, or choose"
                + " another with -Dwst.device=N");
        this.asked = 0;
        this.free = 0;
    }

    private DeviceMemoryException(String what, long asked, long free) {
        super("the card has no room for " + megabytes(asked) + " of " + what + " (free: " + megabytes(free)
                + "); lower the batch, the samples, the tokens to be written or the length of questions, close other"
                + " models, or choose another card with -Dwst.device=N");
        this.asked = asked;
        this.free = free;
    }

    /**
     * The same with the name of what was asked for.
     *
     * @param what such as "the logits"
     */
    public DeviceMemoryException of(String what) {
        if (asked == 0) {
            return this;
        }
        DeviceMemoryException named = new DeviceMemoryException(what, asked, free);
        named.initCause(this);
        return named;
    }

    private static String megabytes(long bytes) {
        return (bytes + (1 << 20) - 1) / (1 << 20) + " MB";
    }
}
