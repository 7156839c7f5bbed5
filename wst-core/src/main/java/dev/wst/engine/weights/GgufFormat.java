package dev.wst.engine.weights;

import java.nio.ByteBuffer;

/** A number format that matrices of a GGUF file are written in; each also reads as {@link BlockFormat}. */
public enum GgufFormat {
    F32(BlockFormat.F32, 0, Float.MAX_VALUE) {
        @Override
        void encode(float[] values, int from, ByteBuffer out) {
            out.putFloat(values[from]);
        }
    },
    F16(BlockFormat.F16, 1, 65504) {
        @Override
        void encode(float[] values, int from, ByteBuffer out) {
            out.putShort(Half.toFloat16(values[from]));
        }
    },
    /** Rounded as quantize_row_q8_0_ref of ggml-quants.c rounds. */
    Q8_0(BlockFormat.Q8_0, 7, 127f * 65504) {
        @Override
        void encode(float[] values, int from, ByteBuffer out) {
            float largest = 0;
            for (int j = 0; j < 32; j++) {
                largest = Math.max(largest, Math.abs(values[from + j]));
            }
            float d = largest / 127;
            float inverse = d < Float.MIN_NORMAL ? 0 : 1 / d;
            out.putShort(Half.toFloat16(d));
            for (int j = 0; j < 32; j++) {
                double q = values[from + j] * inverse;
                out.put((byte) (q < 0 ? Math.ceil(q - 0.5) : Math.floor(q + 0.5)));
            }
        }
    };

    private final BlockFormat blocks;
    private final int fileType;
    private final float largest;

    GgufFormat(BlockFormat blocks, int fileType, float largest) {
        this.blocks = blocks;
        this.fileType = fileType;
        this.largest = largest;
    }

    BlockFormat blocks() {
        return blocks;
    }

    /** What general.file_type says of a file whose matrices are in this format. */
    int fileType() {
        return fileType;
    }

    /** The largest number that it holds. */
    float largest() {
        return largest;
    }

    /** The format of one tensor: llama.cpp wants vectors in F32, and rows that blocks do not fill stay F16. */
    GgufFormat forShape(int... shape) {
        if (shape.length < 2) {
            return F32;
        }
        return shape[shape.length - 1] % blocks.numbers() == 0 ? this : F16;
    }

    /** Encodes one block, of finite numbers that are not larger than the largest. */
    abstract void encode(float[] values, int from, ByteBuffer out);
}
