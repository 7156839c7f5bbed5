package dev.wst.engine.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a GGUF file says of its model before the tensors: values under keys, in the order in which they are put. */
public final class GgufMetadata {
    private static final int U32 = 4;
    private static final int I32 = 5;
    private static final int F32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /** Each as the file has it: the type, then the value. */
    private final Map<String, byte[]> values = new LinkedHashMap<>();

    /**
     * All that another file says, but for what goes by how its tensors are stored: number formats, alignment, parts, and how it
     * was quantised.
     */
    public static GgufMetadata of(Gguf gguf) {
        GgufMetadata metadata = new GgufMetadata();
        for (String key : gguf.keys()) {
            boolean aboutTensors = key.equals("general.file_type")
                    || key.equals("general.quantization_version")
                    || key.equals("general.alignment")
                    || key.startsWith("split.")
                    || key.startsWith("quantize.");
            if (!aboutTensors) {
                metadata.values.put(key, gguf.stored(key));
            }
        }
        return metadata;
    }

    /** A text. */
    public GgufMetadata put(String key, String value) {
        return put(key, new Bytes().u32(STRING).text(value));
    }

    /** A whole number that is not negative. */
    public GgufMetadata put(String key, int value) {
        return put(key, new Bytes().u32(U32).u32(value));
    }

    /** A number of 32 bits. */
    public GgufMetadata put(String key, float value) {
        return put(key, new Bytes().u32(F32).u32(Float.floatToIntBits(value)));
    }

    /** A truth value. */
    public GgufMetadata put(String key, boolean value) {
        return put(key, new Bytes().u32(BOOL).u8(value ? 1 : 0));
    }

    /** A list of texts. */
    public GgufMetadata putTexts(String key, List<String> texts) {
        Bytes bytes = new Bytes().u32(ARRAY).u32(STRING).u64(texts.size());
        texts.forEach(bytes::text);
        return put(key, bytes);
    }

    /** A list of whole numbers. */
    public GgufMetadata putIntegers(String key, int... numbers) {
        Bytes bytes = new Bytes().u32(ARRAY).u32(I32).u64(numbers.length);
        for (int number : numbers) {
            bytes.u32(number);
        }
        return put(key, bytes);
    }

    GgufMetadata putAll(GgufMetadata others) {
        values.putAll(others.values);
        return this;
    }

    private GgufMetadata put(String key, Bytes value) {
        values.put(key, value.out.toByteArray());
        return this;
    }

    Map<String, byte[]> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Pieces of a GGUF file's head. */
    static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteBuffer number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);

        Bytes u8(int value) {
            out.write(value);
            return this;
        }

        Bytes u32(int value) {
            out.write(number.putInt(0, value).array(), 0, 4);
            return this;
        }

        Bytes u64(long value) {
            out.write(number.putLong(0, value).array(), 0, 8);
            return this;
        }

        Bytes text(String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            u64(bytes.length).out.writeBytes(bytes);
            return this;
        }

        Bytes bytes(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] paddedTo(int alignment) {
            while (out.size() % alignment != 0) {
                out.write(0);
            }
            return out.toByteArray();
        }
    }
}
