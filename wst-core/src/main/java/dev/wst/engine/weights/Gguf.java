package dev.wst.engine.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A GGUF file, version 2 or 3 (ggml/docs/gguf.md): metadata, and tensors under their Hugging Face names, decoded as they
 * are read. The permutation that files of the llama architecture apply to query and key rows is undone.
 */
public final class Gguf implements TensorSource {
    private static final int MAGIC = 0x46554747;
    private static final int MAX_ENTRIES = 10_000_000;
    private static final int BLOCKS_AT_ONCE = 1 << 11;
    /** -1 in 32 bits without a sign. */
    private static final long NO_TOKEN = 0xFFFFFFFFL;

    private final FileBytes file;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final Map<String, Stored> stored = new LinkedHashMap<>();
    private final Map<String, Entry> tensors = new LinkedHashMap<>();
    private final Set<String> read = ConcurrentHashMap.newKeySet();

    /** Where a metadata value lies, its type before it. */
    private record Stored(long at, long bytes) {}

    /** Where a tensor lies. */
    private record Entry(String ggufName, int[] shape, BlockFormat format, long at, long bytes) {}

    private Gguf(Path path) {
        file = new FileBytes(path);
        try {
            readHeader();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Opens a file and reads all but the tensors.
     *
     * @throws ModelFileException if it is not a sound GGUF file
     * @throws UnsupportedModelException if a tensor's number format is not read here
     */
    public static Gguf open(Path path) {
        return new Gguf(path);
    }

    private void readHeader() {
        GgufHeader header = new GgufHeader(file);
        if (header.readInt("the magic number") != MAGIC) {
            throw new ModelFileException(file.path() + " is not a GGUF file: it does not begin with the letters GGUF");
        }
        int version = header.readInt("the version");
        if (version != 2 && version != 3) {
            throw new UnsupportedModelException(
                    file.path() + " is GGUF version " + version + "; versions 2 and 3 are read here");
        }
        long count = header.count(MAX_ENTRIES, "the number of tensors");
        long pairs = header.count(MAX_ENTRIES, "the number of metadata entries");
        for (long i = 0; i < pairs; i++) {
            String key = header.readString("a metadata key");
            long at = header.position();
            metadata.put(key, header.readValue(key));
            stored.put(key, new Stored(at, header.position() - at));
        }
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            entries.add(readEntry(header));
        }
        long alignment = integer("general.alignment").orElse(32L);
        if (alignment < 1 || alignment > 1 << 20) {
            throw new ModelFileException(file.path() + ": general.alignment is " + alignment);
        }
        long start = (header.position() + alignment - 1) / alignment * alignment;
        for (Entry entry : entries) {
            // The header lies before all tensors; a sum that wraps around is negative.
            long at = entry.at < 0 ? entry.at : start + entry.at;
            file.require(at, entry.bytes, "tensor " + entry.ggufName);
            Entry placed = new Entry(entry.ggufName, entry.shape, entry.format, at, entry.bytes);
            if (tensors.put(GgufNames.toHuggingFace(entry.ggufName), placed) != null) {
                throw new ModelFileException(file.path() + ": tensor " + entry.ggufName + " appears twice");
            }
        }
    }

    private Entry readEntry(GgufHeader header) {
        String name = header.readString("a tensor's name");
        int dimensions = header.readInt("the dimensions of " + name);
        if (dimensions < 1 || dimensions > 4) {
            throw new ModelFileException(file.path() + ": tensor " + name + " has " + dimensions + " dimensions");
        }
        int[] shape = new int[dimensions];
        for (int d = dimensions - 1; d >= 0; d--) {
            shape[d] = (int) header.count(Integer.MAX_VALUE - 8, "a size of tensor " + name);
        }
        long numbers = TensorSizes.numbers(shape, file.path() + ": tensor " + name);
        BlockFormat format = BlockFormat.of(header.readInt("the format of " + name), file.path() + ": tensor " + name);
        if (shape[dimensions - 1] % format.numbers() != 0) {
            throw new ModelFileException(file.path() + ": rows of tensor " + name + " have " + shape[dimensions - 1]
                    + " numbers, which blocks of " + format.numbers() + " do not fill");
        }
        long at = header.readLong("the place of " + name);
        return new Entry(name, shape, format, at, numbers / format.numbers() * format.bytes());
    }

    /** A metadata text. */
    public Optional<String> string(String key) {
        return Optional.ofNullable(metadata.get(key)).map(value -> typed(key, value, String.class));
    }

    /** A metadata whole number of any width. */
    public Optional<Long> integer(String key) {
        return Optional.ofNullable(metadata.get(key)).map(value -> typed(key, value, Long.class));
    }

    /** A metadata number. */
    public Optional<Double> number(String key) {
        return Optional.ofNullable(metadata.get(key))
                .map(value -> typed(key, value, Number.class).doubleValue());
    }

    /** A metadata truth value. */
    public Optional<Boolean> flag(String key) {
        return Optional.ofNullable(metadata.get(key)).map(value -> typed(key, value, Boolean.class));
    }

    /** A metadata list; texts as String, whole numbers as Long. */
    public Optional<List<?>> list(String key) {
        return Optional.ofNullable(metadata.get(key)).map(value -> typed(key, value, List.class));
    }

    /**
     * The token that the file gives by number as {@code eos}, {@code bos} and so on; none also where the number is -1, by which
     * llama.cpp says that there is none.
     *
     * @throws ModelFileException if the number is none of a token
     */
    public Optional<Integer> token(String role) {
        String key = "tokenizer.ggml." + role + "_token_id";
        return integer(key).filter(number -> number != -1 && number != NO_TOKEN).map(number -> {
            int tokens = list("tokenizer.ggml.tokens").map(List::size).orElseGet(this::embeddings);
            if (number < 0 || number >= tokens) {
                throw new ModelFileException(
                        file.path() + ": metadata " + key + " is " + number + ", but there are " + tokens
                                + " tokens, numbered from 0; correct it with llama.cpp's gguf_set_metadata.py, or take"
                                + " another conversion of the model");
            }
            return number.intValue();
        });
    }

    private int embeddings() {
        Entry entry = tensors.get("model.embed_tokens.weight");
        return entry == null ? 0 : entry.shape[0];
    }

    /** All metadata keys, in order. */
    Set<String> keys() {
        return Collections.unmodifiableSet(stored.keySet());
    }

    /** A metadata value as it stands in the file, its type before it. */
    byte[] stored(String key) {
        Stored value = Objects.requireNonNull(stored.get(key), key);
        return file.read(value.at, value.bytes, key).array();
    }

    private <T> T typed(String key, Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new ModelFileException(file.path() + ": metadata " + key + " should be a " + type.getSimpleName()
                    + ", but is a " + value.getClass().getSimpleName());
        }
        return type.cast(value);
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public int[] shape(String name) {
        return entry(name).shape.clone();
    }

    @Override
    public void read(String name, Numbers target) {
        Entry entry = entry(name);
        read.add(name);
        if (hasNeighbours(entry)) {
            float[] values = new float[numbers(entry)];
            decode(entry, (from, some, count) -> System.arraycopy(some, 0, values, from, count));
            target.take(0, restoreHalves(entry, values), values.length);
        } else {
            decode(entry, target);
        }
    }

    private static int numbers(Entry entry) {
        return Math.toIntExact(entry.bytes / entry.format.bytes() * entry.format.numbers());
    }

    private void decode(Entry entry, Numbers target) {
        BlockFormat format = entry.format;
        int blocks = numbers(entry) / format.numbers();
        float[] values = new float[Math.min(blocks, BLOCKS_AT_ONCE) * format.numbers()];
        for (int from = 0; from < blocks; from += BLOCKS_AT_ONCE) {
            int count = Math.min(blocks - from, BLOCKS_AT_ONCE);
            ByteBuffer bytes = file.read(
                    entry.at + (long) from * format.bytes(), (long) count * format.bytes(), "tensor " + entry.ggufName);
            for (int i = 0; i < count; i++) {
                format.decode(bytes, i * format.bytes(), values, i * format.numbers());
            }
            target.take(from * format.numbers(), values, count * format.numbers());
        }
    }

    /**
     * Refuses a file that holds more than was read of it: without that it would be another model.
     *
     * @throws UnsupportedModelException with the names of what was not read
     */
    public void requireAllRead() {
        Set<String> left = new TreeSet<>(names());
        left.removeAll(read);
        if (!left.isEmpty()) {
            throw new UnsupportedModelException(origin() + " holds tensors that are not computed with here, " + left
                    + "; without them it would be another model");
        }
    }

    @Override
    public String stamp() {
        return file.stamp();
    }

    private boolean hasNeighbours(Entry entry) {
        return HeadRows.areNeighbours(string("general.architecture").orElse(""), entry.ggufName);
    }

    private float[] restoreHalves(Entry entry, float[] values) {
        boolean query = HeadRows.areQueries(entry.ggufName);
        long heads = integer("llama.attention.head_count").orElse(0L);
        if (!query) {
            heads = integer("llama.attention.head_count_kv").orElse(heads);
        }
        int rows = entry.shape[0];
        if (heads < 1 || rows % (2 * heads) != 0) {
            throw new ModelFileException(file.path() + ": " + rows + " rows of " + entry.ggufName
                    + " do not divide into " + heads + " heads");
        }
        return HeadRows.halves(values, rows, Math.toIntExact(heads));
    }

    private Entry entry(String name) {
        Entry entry = tensors.get(name);
        if (entry == null) {
            throw new ModelFileException(file.path() + " has no tensor " + name + " (" + GgufNames.toGguf(name) + ")");
        }
        return entry;
    }

    @Override
    public String origin() {
        return file.path().toString();
    }

    @Override
    public void close() {
        file.close();
    }

    /** Reads the head of the file in order, a page at a time. */
    private static final class GgufHeader {
        private static final int PAGE = 1 << 20;
        private static final int MAX_STRING = 1 << 26;

        private final FileBytes file;
        private ByteBuffer page = ByteBuffer.allocate(0);
        private long pageStart;

        GgufHeader(FileBytes file) {
            this.file = file;
        }

        long position() {
            return pageStart + page.position();
        }

        private ByteBuffer need(int bytes, String what) {
            if (page.remaining() < bytes) {
                long at = position();
                long length = Math.max(bytes, Math.min(PAGE, file.size() - at));
                page = file.read(at, length, what);
                pageStart = at;
            }
            return page;
        }

        int readInt(String what) {
            return need(4, what).getInt();
        }

        long readLong(String what) {
            return need(8, what).getLong();
        }

        long count(long most, String what) {
            long value = readLong(what);
            if (value < 0 || value > most) {
                throw new ModelFileException(
                        file.path() + " is damaged: " + what + " is " + Long.toUnsignedString(value));
            }
            return value;
        }

        String readString(String what) {
            int length = (int) count(MAX_STRING, "the length of " + what);
            byte[] bytes = new byte[Math.toIntExact(Math.min(length, file.size()))];
            need(length, what).get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        Object readValue(String key) {
            return readValue(key, readInt("the type of " + key), 0);
        }

        private Object readValue(String key, int type, int depth) {
            return switch (type) {
                case 0 -> (long) (need(1, key).get() & 0xFF);
                case 1 -> (long) need(1, key).get();
                case 2 -> (long) (need(2, key).getShort() & 0xFFFF);
                case 3 -> (long) need(2, key).getShort();
                case 4 -> need(4, key).getInt() & 0xFFFFFFFFL;
                case 5 -> (long) need(4, key).getInt();
                case 6 -> (double) need(4, key).getFloat();
                case 7 -> need(1, key).get() != 0;
                case 8 -> readString(key);
                case 9 -> readList(key, depth);
                case 10, 11 -> need(8, key).getLong();
                case 12 -> need(8, key).getDouble();
                default ->
                    throw new ModelFileException(file.path() + " is damaged: metadata " + key + " has type " + type);
            };
        }

        private List<Object> readList(String key, int depth) {
            if (depth > 3) {
                throw new ModelFileException(file.path() + " is damaged: metadata " + key + " nests too deeply");
            }
            int type = readInt("the type of " + key);
            long length = count(MAX_ENTRIES, "the length of " + key);
            List<Object> values = new ArrayList<>();
            for (long i = 0; i < length; i++) {
                values.add(readValue(key, type, depth + 1));
            }
            return Collections.unmodifiableList(values);
        }
    }
}
