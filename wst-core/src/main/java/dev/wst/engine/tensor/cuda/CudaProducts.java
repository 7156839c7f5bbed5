package dev.wst.engine.tensor.cuda;

import dev.wst.Precision;
import dev.wst.engine.tensor.Block;
import dev.wst.engine.tensor.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products: by the library of products where it has a call for them, else by a kernel that takes batches with strides of
 * any kind. In BF16 both operands are rounded and what they give is added up in FP32.
 */
final class CudaProducts {
    private static final int TILE = 32;

    private final Device device;
    private final Launches launches;
    private final Changes changes;
    private final Precision precision;
    private final RoundedCopy rounded;

    CudaProducts(Device device, Launches launches, Changes changes, RoundedCopy rounded, Precision precision) {
        this.device = device;
        this.launches = launches;
        this.changes = changes;
        this.rounded = rounded;
        this.precision = precision;
    }

    Precision precision() {
        return precision;
    }

    long roundedMemory(Matrix matrix) {
        return device.allocate((long) matrix.rows() * matrix.columns() * Short.BYTES);
    }

    void free(long memory) {
        device.free(memory);
    }

    /** Writes a matrix in BF16, without gaps. */
    void round(Matrix x, long target) {
        rounded.round(x, target);
    }

    /** {@code y = x w'}, or {@code y += x w'}; w as it lies, or turned: {@code y = x w}. */
    void linear(Matrix x, CudaWeight w, boolean turned, Matrix y, boolean accumulate) {
        boolean inBf16 = w.precision() == Precision.BF16;
        long operand = CudaMemory.address(x);
        long stride = x.rowStride();
        if (inBf16) {
            stride = x.columns();
            operand = rounded.of(x);
        }
        device.multiply(new Product(
                x.rows(),
                y.columns(),
                x.columns(),
                1,
                operand,
                Math.max(stride, x.columns()),
                false,
                w.address(),
                w.stride(),
                !turned,
                w.precision(),
                accumulate ? 1 : 0,
                CudaMemory.address(y),
                Math.max(y.rowStride(), y.columns())));
        rounded.forgetIfOf(y);
    }

    void matmul(Block a, Block b, Block c, float alpha, boolean accumulate, @Nullable Block mask) {
        changes.written();
        Side left = Side.of(a);
        Side right = Side.of(b);
        Side target = Side.of(c);
        if (mask == null && isSingle(c) && left != null && right != null && target != null && !target.turned) {
            device.multiply(new Product(
                    c.sizes()[3],
                    c.sizes()[4],
                    a.sizes()[4],
                    alpha,
                    address(a),
                    left.stride,
                    left.turned,
                    address(b),
                    right.stride,
                    right.turned,
                    precision == Precision.BF16 ? Precision.FP32 : precision,
                    accumulate ? 1 : 0,
                    address(c),
                    target.stride));
        } else {
            multiplyBlocks(a, b, c, alpha, accumulate, mask);
        }
    }

    private static boolean isSingle(Block c) {
        int[] n = c.sizes();
        return n[0] == 1 && n[1] == 1 && n[2] == 1;
    }

    /** How the library of products sees a matrix: row by row, or its transpose so. */
    private record Side(boolean turned, long stride) {
        /** Nothing where neither rows nor columns are contiguous. */
        static @Nullable Side of(Block block) {
            int[] n = block.sizes();
            long[] s = block.strides();
            if ((s[4] == 1 || n[4] == 1) && (s[3] >= n[4] || n[3] == 1)) {
                return new Side(false, Math.max(s[3], n[4]));
            }
            if ((s[3] == 1 || n[3] == 1) && (s[4] >= n[3] || n[4] == 1)) {
                return new Side(true, Math.max(s[4], n[3]));
            }
            return null;
        }
    }

    private void multiplyBlocks(Block a, Block b, Block c, float alpha, boolean accumulate, @Nullable Block mask) {
        int[] n = c.sizes();
        Arguments arguments = launches.begin();
        add(arguments, a);
        add(arguments, b);
        add(arguments, c);
        if (mask == null) {
            for (int i = 0; i < 6; i++) {
                arguments.add(0L);
            }
        } else {
            add(arguments, mask);
        }
        arguments
                .add(n[1])
                .add(n[2])
                .add(n[3])
                .add(n[4])
                .add(a.sizes()[4])
                .add(alpha)
                .add(accumulate ? 1L : 0L);
        long blocks = (long) n[0] * n[1] * n[2] * tiles(n[3]) * tiles(n[4]);
        launches.launch("multiply_blocks", blocks, Elements.THREADS, 0, arguments);
    }

    private static long tiles(long size) {
        return (size - 1) / TILE + 1;
    }

    /** The address and five strides of a block; a batch of one stays where it is. */
    private static void add(Arguments arguments, Block block) {
        arguments.add(address(block));
        for (int i = 0; i < 5; i++) {
            arguments.add(i < 3 && block.sizes()[i] == 1 ? 0 : block.strides()[i]);
        }
    }

    private static long address(Block block) {
        return CudaMemory.address(block.memory()) + block.offset() * Float.BYTES;
    }

    void copy(Block x, Block y) {
        int[] n = y.sizes();
        long count = (long) n[0] * n[1] * n[2] * n[3] * n[4];
        Arguments arguments = launches.begin();
        add(arguments, x);
        add(arguments, y);
        arguments.add(n[1]).add(n[2]).add(n[3]).add(n[4]).add(count);
        launches.launch("copy_block", Elements.blocksOf(count), Elements.THREADS, 0, arguments);
    }
}
