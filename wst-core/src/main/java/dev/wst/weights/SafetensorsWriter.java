package dev.wst.weights;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes FP32 tensors to a safetensors file, in the order given, forced to the disk. */
public final class SafetensorsWriter {
    private final List<Tensor> tensors = new ArrayList<>();

    private record Tensor(String name, int[] shape, float[] values) {}

    /** Adds a tensor; the array is kept, not copied. */
    public SafetensorsWriter add(String name, int[] shape, float[] values) {
        tensors.add(new Tensor(name, shape.clone(), values));
        return this;
    }

    /** Writes all of them to a new file. */
    public void write(Path file) throws IOException {
        byte[] header = header();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer head = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
            writeAll(channel, head.putLong(header.length).put(header).flip());
            for (Tensor tensor : tensors) {
                ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.values.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(tensor.values);
                writeAll(channel, bytes);
            }
            channel.force(true);
        }
    }

    private byte[] header() {
        ObjectNode json = Json.object();
        json.putObject("__metadata__").put("format", "pt");
        long at = 0;
        for (Tensor tensor : tensors) {
            ObjectNode entry = json.putObject(tensor.name).put("dtype", "F32");
            ArrayNode shape = entry.putArray("shape");
            for (int size : tensor.shape) {
                shape.add(size);
            }
            entry.putArray("data_offsets").add(at).add(at + 4L * tensor.values.length);
            at += 4L * tensor.values.length;
        }
        StringBuilder text = new StringBuilder(json.toString());
        while (text.toString().getBytes(StandardCharsets.UTF_8).length % 8 != 0) {
            text.append(' ');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
