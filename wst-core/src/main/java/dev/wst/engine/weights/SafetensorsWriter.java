package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes FP32 tensors to a safetensors file, in the order given, forced to the disk. */
public final class SafetensorsWriter {
    private static final int BUFFER = 1 << 20;

    private final List<Tensor> tensors = new ArrayList<>();

    private record Tensor(String name, int[] shape, float[] values) {}

    /** Takes the tensors of a file, one after the other. */
    @FunctionalInterface
    public interface Sink {
        void tensor(String name, int[] shape, float[] values);
    }

    /** Tells all tensors of a file; asked twice, for the header and for the numbers, so that one at a time is held. */
    @FunctionalInterface
    public interface Tensors {
        void tellTo(Sink sink);
    }

    /** Adds a tensor; the array is kept, not copied. */
    public SafetensorsWriter add(String name, int[] shape, float[] values) {
        tensors.add(new Tensor(name, shape.clone(), values));
        return this;
    }

    /** Writes all that were added to a new file. */
    public void write(Path file) throws IOException {
        write(file, sink -> tensors.forEach(tensor -> sink.tensor(tensor.name, tensor.shape, tensor.values)));
    }

    /** Writes tensors to a new file without holding all of them. */
    public static void write(Path file, Tensors tensors) throws IOException {
        byte[] header = header(tensors);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer head = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
            writeAll(channel, head.putLong(header.length).put(header).flip());
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
            tensors.tellTo((name, shape, values) -> {
                try {
                    writeNumbers(channel, buffer, values);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            channel.force(true);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static byte[] header(Tensors tensors) {
        ObjectNode json = Json.object();
        json.putObject("__metadata__").put("format", "pt");
        long[] at = new long[1];
        tensors.tellTo((name, shape, values) -> {
            ObjectNode entry = json.putObject(name).put("dtype", "F32");
            ArrayNode sizes = entry.putArray("shape");
            for (int size : shape) {
                sizes.add(size);
            }
            long bytes = (long) Float.BYTES * values.length;
            entry.putArray("data_offsets").add(at[0]).add(at[0] + bytes);
            at[0] += bytes;
        });
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }

    private static void writeNumbers(FileChannel channel, ByteBuffer buffer, float[] values) throws IOException {
        for (int from = 0; from < values.length; from += BUFFER / Float.BYTES) {
            int count = Math.min(BUFFER / Float.BYTES, values.length - from);
            buffer.clear();
            buffer.asFloatBuffer().put(values, from, count);
            writeAll(channel, buffer.limit(count * Float.BYTES));
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
