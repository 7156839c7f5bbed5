package dev.wst.engine.tensor.cuda;

import dev.wst.engine.tensor.Matrix;

/**
 * The operand of a product in BF16. Whoever computes a matrix can leave its rounded copy here, and several products may read it,
 * as long as nothing was written since.
 */
final class RoundedCopy implements AutoCloseable {
    private final Launches launches;
    private final Changes changes;
    private final CudaScratch memory;
    private final boolean used;
    private long of;
    private long extent;
    private int rows;
    private int columns;
    private long madeAt = -1;

    /**
     * None yet.
     *
     * @param used whether products read copies at all
     */
    RoundedCopy(Device device, Launches launches, Changes changes, boolean used) {
        this.used = used;
        this.launches = launches;
        this.changes = changes;
        this.memory = new CudaScratch(device, changes);
    }

    /** The copy of a matrix, without gaps: the one that is there, or a new one. */
    long of(Matrix x) {
        if (madeAt == changes.writes() && of == CudaMemory.address(x) && rows == x.rows() && columns == x.columns()) {
            return memory.of(bytes(x));
        }
        long target = memory.of(bytes(x));
        round(x, target);
        remember(x);
        return target;
    }

    /** Where the launch that computes a matrix is to leave its copy, or 0 for nowhere; {@link #remember} it after that launch. */
    long room(Matrix x) {
        return used ? memory.of(bytes(x)) : 0;
    }

    /** The copy is that of a matrix from now on. */
    void remember(Matrix x) {
        if (!used) {
            return;
        }
        of = CudaMemory.address(x);
        extent = x.extent();
        rows = x.rows();
        columns = x.columns();
        madeAt = changes.writes();
    }

    /** Forgets the copy if its matrix was written just now: its whole memory is compared, since both may be views. */
    void forgetIfOf(Matrix written) {
        long from = CudaMemory.address(written);
        if (of < from + written.extent() * Float.BYTES && from < of + extent * Float.BYTES) {
            madeAt = -1;
        }
    }

    private static long bytes(Matrix x) {
        return (long) x.rows() * x.columns() * Short.BYTES;
    }

    /** Writes a matrix in BF16, without gaps. */
    void round(Matrix x, long target) {
        Elements all = Elements.of(x);
        launches.each(
                "round_rows",
                all,
                launches.beginBeside()
                        .add(CudaMemory.address(x))
                        .add(x.rowStride())
                        .add(target)
                        .add(all.columns())
                        .add(all.chunks()));
    }

    @Override
    public void close() {
        memory.close();
    }
}
