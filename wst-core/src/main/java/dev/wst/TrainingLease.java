package dev.wst;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to train a policy or a value function. One run at a time has it: two would move the same weights against each
 * other, and neither would learn what its metrics say.
 */
public final class TrainingLease implements AutoCloseable {
    private final AtomicBoolean taken;

    private TrainingLease(AtomicBoolean taken) {
        this.taken = taken;
    }

    /** A lease on something that does not keep count of its trainers. */
    public static TrainingLease unshared() {
        return new TrainingLease(new AtomicBoolean(true));
    }

    /**
     * Takes the lease, which {@link #close} gives back.
     *
     * @param taken belongs to what is trained and says whether somebody trains it
     * @param what names it in the message
     * @throws InTrainingException if somebody does
     */
    public static TrainingLease take(AtomicBoolean taken, String what) {
        if (taken.getAndSet(true)) {
            throw new InTrainingException(
                    what + " is being trained by another run; wait for its end, or give each run" + " one of its own");
        }
        return new TrainingLease(taken);
    }

    @Override
    public void close() {
        taken.set(false);
    }
}
