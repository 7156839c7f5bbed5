package dev.wst.examples.torture;

/** Something that all threads use and any of them may exchange and close. */
final class Shared<T extends AutoCloseable> {
    private T present;

    Shared(T first) {
        present = first;
    }

    synchronized T get() {
        return present;
    }

    /** Puts another in its place and closes the old one twice, whoever uses it. */
    void replace(T fresh) {
        T old = exchange(fresh);
        close(old);
        close(old);
    }

    void close() {
        close(get());
    }

    private synchronized T exchange(T fresh) {
        T old = present;
        present = fresh;
        return old;
    }

    private static void close(AutoCloseable old) {
        try {
            old.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing failed", e);
        }
    }
}
