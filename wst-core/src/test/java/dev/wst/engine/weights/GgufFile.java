package dev.wst.engine.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small GGUF files for tests: metadata and tensors of F32. */
public final class GgufFile {
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private ByteArrayOutputStream out = new ByteArrayOutputStream();

    private record Tensor(String name, int[] shape, float[] values) {}

    /** A text, a whole number (Integer as u32, Long as u64), a Float, a Boolean, or a list of texts or of Integers. */
    public GgufFile with(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    public GgufFile without(String key) {
        metadata.remove(key);
        return this;
    }

    /** A tensor under its GGUF name, sizes outermost first. */
    public GgufFile tensor(String name, int[] shape, float[] values) {
        tensors.add(new Tensor(name, shape, values));
        return this;
    }

    public byte[] bytes() {
        out = new ByteArrayOutputStream();
        u32(0x46554747);
        u32(3);
        u64(tensors.size());
        u64(metadata.size());
        metadata.forEach((key, value) -> {
            text(key);
            u32(type(value));
            value(value);
        });
        long at = 0;
        for (Tensor tensor : tensors) {
            text(tensor.name);
            u32(tensor.shape.length);
            for (int d = tensor.shape.length - 1; d >= 0; d--) {
                u64(tensor.shape[d]);
            }
            u32(0);
            u64(at);
            at += (4L * tensor.values.length + 31) / 32 * 32;
        }
        pad();
        for (Tensor tensor : tensors) {
            for (float value : tensor.values) {
                u32(Float.floatToIntBits(value));
            }
            pad();
        }
        return out.toByteArray();
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    private static int type(Object value) {
        if (value instanceof Integer) {
            return 4;
        }
        if (value instanceof Long) {
            return 10;
        }
        if (value instanceof Float) {
            return 6;
        }
        if (value instanceof Boolean) {
            return 7;
        }
        return value instanceof String ? 8 : 9;
    }

    private void value(Object value) {
        if (value instanceof Integer number) {
            u32(number);
        } else if (value instanceof Long number) {
            u64(number);
        } else if (value instanceof Float number) {
            u32(Float.floatToIntBits(number));
        } else if (value instanceof Boolean flag) {
            out.write(flag ? 1 : 0);
        } else if (value instanceof List<?> list) {
            u32(list.isEmpty() ? 8 : type(list.get(0)));
            u64(list.size());
            list.forEach(this::value);
        } else {
            text((String) value);
        }
    }

    private void u32(int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private void u64(long value) {
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        u64(bytes.length);
        out.writeBytes(bytes);
    }

    private void pad() {
        while (out.size() % 32 != 0) {
            out.write(0);
        }
    }
}
