package dev.wst.engine.tensor.cuda;

import dev.wst.engine.tensor.DeviceMemoryException;
import java.nio.ByteBuffer;

/**
 * A card with memory of its own, on which kernels run one after the other in the order of their launches. Addresses are the
 * card's; work is done by the time of the next {@link #download}.
 */
interface Device extends AutoCloseable {

    /** Card, memory, architecture, versions and where the libraries came from: one line for the start-up log. */
    String description();

    /**
     * Memory that holds whatever it held before.
     *
     * @throws DeviceMemoryException if there is not enough
     */
    long allocate(long bytes);

    /** Gives memory back, once what was launched before has read it. */
    void free(long address);

    /** Bytes of the card's memory. */
    long totalBytes();

    /** Bytes that nobody has taken. */
    long freeBytes();

    /** Sets bytes to zero. */
    void clear(long address, long bytes);

    /** Host memory that the card reads and writes faster than other; between the two copies below its content is the caller's. */
    ByteBuffer staging();

    /** Copies the first bytes of {@link #staging()} to the card. */
    void upload(long address, long bytes);

    /** Copies from the card to the beginning of {@link #staging()}, after all work launched before. */
    void download(long address, long bytes);

    /**
     * Launches a kernel.
     *
     * @param blocks of the grid, in one dimension
     * @param threads of a block, a multiple of 32
     * @param sharedBytes of memory that the block shares, beside what the kernel itself declares
     */
    void launch(String kernel, long blocks, int threads, int sharedBytes, Arguments arguments);

    /** Multiplies two matrices. */
    void multiply(Product product);

    /**
     * Records what is launched and multiplied meanwhile instead of doing it.
     *
     * @return what to {@link #replay}
     */
    long record(Runnable work);

    /** Does what was recorded. */
    void replay(long recording);

    /** Frees a recording. */
    void forget(long recording);

    /** Waits for all work. */
    void synchronize();

    /** Frees everything; memory that was not given back goes with it. */
    @Override
    void close();
}
