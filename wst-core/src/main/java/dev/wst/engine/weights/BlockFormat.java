package dev.wst.engine.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The number formats of GGML (ggml-quants.c): blocks of numbers that share scales. Products are rounded in the order of
 * gguf-py, so results agree to the last unit.
 */
enum BlockFormat {
    F32(0, 1, 4) {
        @Override
        void decode(ByteBuffer in, int at, float[] out, int to) {
            out[to] = in.getFloat(at);
        }
    },
    F16(1, 1, 2) {
        @Override
        void decode(ByteBuffer in, int at, float[] out, int to) {
            out[to] = Half.ofFloat16(in.getShort(at));
        }
    },
    Q4_0(2, 32, 18) {
        @Override
        void decode(ByteBuffer in, int at, float[] out, int to) {
            float d = half(in, at);
            for (int j = 0; j < 16; j++) {
                int q = in.get(at + 2 + j);
                out[to + j] = d * ((q & 15) - 8);
                out[to + j + 16] = d * (((q >> 4) & 15) - 8);
            }
        }
    },
    Q4_1(3, 32, 20) {
        @Override
        void decode(ByteBuffer in, int at, float[] out, int to) {
            float d = half(in, at);
            float m = half(in, at + 2);
            for (int j = 0; j < 16; j++) {
                int q = in.get(at + 4 + j);
                out[to + j] = d * (q & 15) + m;
                out[to + j + 16] = d * ((q >> 4) & 15) + m;
            }
        }
    },
    Q5_0(6, 32, 22) {
        @Override
        void decode(ByteBuffer in, int at, float[] out, int to) {
            float d = half(in, at);
            int high = in.getInt(at + 2);
            for (int j = 0; j < 16; j++) {
                int q = in.get(at + 6 + j);
                out[to + j] = d * (((q & 15) | ((high >>> j) & 1) << 4) - 16);
                out[to + j + 16] = d * ((((q >> 4) & 15) | ((high >>> (j + 16)) & 1) << 4) - 16);
            }
        }
    },
    Q5_1(7, 32, 24) {
        @Override
        void decode(ByteBuffer in, int at, float[] out, int to) {
            float d = half(in, at);
            float m = half(in, at + 2);
            int high = in.getInt(at + 4);
            for (int j = 0; j < 16; j++) {
                int q = in.get(at + 8 + j);
                out[to + j] = d * ((q & 15) | ((high >>> j) & 1) << 4) + m;
                out[to + j + 16] = d * (((q >> 4) & 15) | ((high >>> (j + 16)) & 1) << 4) + m;
            }
        }
    },
    Q8_0(8, 32, 34) {
        @Override
        void decode(ByteBuffer in, int at, float[] out, int to) {
            float d = half(in, at);
            for (int j = 0; j < 32; j++) {
                out[to + j] = d * in.get(at + 2 + j);
            }
        }
    },
    Q4_K(12, 256, 144) {
        @Override
        void decode(ByteBuffer in, int at, float[] out, int to) {
            float d = half(in, at);
            float min = half(in, at + 2);
            for (int pair = 0; pair < 4; pair++) {
                for (int l = 0; l < 32; l++) {
                    int q = in.get(at + 16 + 32 * pair + l);
                    out[to + 64 * pair + l] =
                            d * scale(in, at + 4, 2 * pair) * (q & 15) - min * offset(in, at + 4, 2 * pair);
                    out[to + 64 * pair + 32 + l] = d * scale(in, at + 4, 2 * pair + 1) * ((q >> 4) & 15)
                            - min * offset(in, at + 4, 2 * pair + 1);
                }
            }
        }
    },
    Q5_K(13, 256, 176) {
        @Override
        void decode(ByteBuffer in, int at, float[] out, int to) {
            float d = half(in, at);
            float min = half(in, at + 2);
            for (int pair = 0; pair < 4; pair++) {
                for (int l = 0; l < 32; l++) {
                    int high = in.get(at + 16 + l) >> (2 * pair);
                    int q = in.get(at + 48 + 32 * pair + l);
                    out[to + 64 * pair + l] = d * scale(in, at + 4, 2 * pair) * ((q & 15) | (high & 1) << 4)
                            - min * offset(in, at + 4, 2 * pair);
                    out[to + 64 * pair + 32 + l] =
                            d * scale(in, at + 4, 2 * pair + 1) * (((q >> 4) & 15) | ((high >> 1) & 1) << 4)
                                    - min * offset(in, at + 4, 2 * pair + 1);
                }
            }
        }
    },
    Q6_K(14, 256, 210) {
        @Override
        void decode(ByteBuffer in, int at, float[] out, int to) {
            float d = half(in, at + 208);
            for (int i = 0; i < 256; i++) {
                int part = i / 128;
                int quarter = i % 128 / 32;
                int l = i % 32;
                int low = in.get(at + 64 * part + 32 * (quarter % 2) + l) >> (4 * (quarter / 2));
                int high = in.get(at + 128 + 32 * part + l) >> (2 * quarter);
                int scale = in.get(at + 192 + i / 16);
                out[to + i] = d * scale * (((low & 15) | (high & 3) << 4) - 32);
            }
        }
    },
    BF16(30, 1, 2) {
        @Override
        void decode(ByteBuffer in, int at, float[] out, int to) {
            out[to] = Half.ofBfloat16(in.getShort(at));
        }
    };

    private final int id;
    private final int numbers;
    private final int bytes;

    BlockFormat(int id, int numbers, int bytes) {
        this.id = id;
        this.numbers = numbers;
        this.bytes = bytes;
    }

    /** The format with GGML's number for it. */
    static BlockFormat of(int id, String what) {
        return Arrays.stream(values())
                .filter(format -> format.id == id)
                .findFirst()
                .orElseThrow(() -> new UnsupportedModelException(what + " is stored in GGML number format " + id
                        + ", which is not read here; supported are " + Arrays.toString(values())));
    }

    /** GGML's number for it. */
    int id() {
        return id;
    }

    /** Numbers in one block. */
    int numbers() {
        return numbers;
    }

    /** Bytes of one block. */
    int bytes() {
        return bytes;
    }

    /** Decodes one block at byte {@code at} to {@code out[to ..]}. */
    abstract void decode(ByteBuffer in, int at, float[] out, int to);

    private static float half(ByteBuffer in, int at) {
        return Half.ofFloat16(in.getShort(at));
    }

    /** Six-bit scale of one of the eight sub-blocks of the K formats. */
    private static int scale(ByteBuffer in, int at, int j) {
        return j < 4 ? in.get(at + j) & 63 : (in.get(at + j + 4) & 15) | ((in.get(at + j - 4) >> 6) & 3) << 4;
    }

    /** Six-bit offset of one of the eight sub-blocks of the K formats. */
    private static int offset(ByteBuffer in, int at, int j) {
        return j < 4 ? in.get(at + j + 4) & 63 : ((in.get(at + j + 4) >> 4) & 15) | ((in.get(at + j) >> 6) & 3) << 4;
    }
}
