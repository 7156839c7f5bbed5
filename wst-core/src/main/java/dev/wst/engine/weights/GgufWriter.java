package dev.wst.engine.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a model as a GGUF file of version 3 (ggml/docs/gguf.md) that llama.cpp loads: tensors under its names, matrices in one
 * number format, vectors in F32, query and key rows of the llama architecture in its order.
 */
public final class GgufWriter {
    private static final int MAGIC = 0x46554747;
    private static final int VERSION = 3;
    private static final int QUANTIZATION_VERSION = 2;
    private static final int ALIGNMENT = 32;
    private static final int BUFFER = 1 << 20;

    private final ModelConfig config;
    private final GgufFormat format;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

    private GgufWriter(ModelConfig config, GgufFormat format) {
        this.config = config;
        this.format = format;
    }

    /**
     * Writes one, over what a file of that name held.
     *
     * @param format of the matrices; rows that its blocks do not fill are written in F16
     * @param tensors under Hugging Face's names
     * @throws UnsupportedModelException if a number is not finite, or too large for the format
     */
    public static void write(
            Path file, ModelConfig config, GgufMetadata metadata, GgufFormat format, SafetensorsWriter.Tensors tensors)
            throws IOException {
        GgufWriter writer = new GgufWriter(config, format);
        byte[] head = writer.head(metadata, tensors);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeAll(channel, ByteBuffer.wrap(head));
            tensors.tellTo((name, shape, values) -> {
                try {
                    writer.write(channel, name, shape, values);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private byte[] head(GgufMetadata metadata, SafetensorsWriter.Tensors tensors) {
        GgufMetadata.Bytes infos = new GgufMetadata.Bytes();
        int[] count = new int[1];
        long[] at = new long[1];
        tensors.tellTo((name, shape, values) -> {
            GgufFormat used = format.forShape(shape);
            infos.text(GgufNames.toGguf(name)).u32(shape.length);
            for (int d = shape.length - 1; d >= 0; d--) {
                infos.u64(shape[d]);
            }
            infos.u32(used.blocks().id()).u64(at[0]);
            at[0] += padded(bytes(used, values.length));
            count[0]++;
        });
        GgufMetadata all = new GgufMetadata().putAll(metadata).put("general.file_type", format.fileType());
        all.put("general.quantization_version", QUANTIZATION_VERSION);
        GgufMetadata.Bytes head = new GgufMetadata.Bytes().u32(MAGIC).u32(VERSION);
        head.u64(count[0]).u64(all.values().size());
        all.values().forEach((key, value) -> head.text(key).bytes(value));
        return head.bytes(infos.paddedTo(1)).paddedTo(ALIGNMENT);
    }

    private static long bytes(GgufFormat format, int numbers) {
        return (long) numbers / format.blocks().numbers() * format.blocks().bytes();
    }

    private static long padded(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private void write(FileChannel channel, String name, int[] shape, float[] values) throws IOException {
        String ggufName = GgufNames.toGguf(name);
        GgufFormat used = format.forShape(shape);
        requireHeld(ggufName, used, values);
        float[] ordered = ordered(ggufName, shape[0], values);
        int block = used.blocks().numbers();
        buffer.clear();
        for (int from = 0; from < ordered.length; from += block) {
            if (buffer.remaining() < used.blocks().bytes()) {
                writeAll(channel, buffer.flip());
                buffer.clear();
            }
            used.encode(ordered, from, buffer);
        }
        writeAll(channel, buffer.flip());
        long bytes = bytes(used, values.length);
        writeAll(channel, ByteBuffer.allocate((int) (padded(bytes) - bytes)));
    }

    private float[] ordered(String ggufName, int rows, float[] values) {
        if (!HeadRows.areNeighbours(config.family(), ggufName)) {
            return values;
        }
        DecoderConfig decoder = config.decoder();
        return HeadRows.neighbours(
                values, rows, HeadRows.areQueries(ggufName) ? decoder.heads() : decoder.keyValueHeads());
    }

    private static void requireHeld(String ggufName, GgufFormat used, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new UnsupportedModelException("tensor " + ggufName + " holds " + value
                        + ", with which no model computes; the teacher that is written diverged in training");
            }
            if (Math.abs(value) > used.largest()) {
                throw new UnsupportedModelException("tensor " + ggufName + " holds " + value + ", and " + used
                        + " nothing larger than " + used.largest() + "; write F32 instead");
            }
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
