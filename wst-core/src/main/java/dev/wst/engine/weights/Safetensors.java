package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tensors of one safetensors file, or of several with their index. Read: F32, F16, BF16 and F64. Every offset is checked
 * against the file before anything is read.
 */
public final class Safetensors implements TensorSource {
    private static final int MAX_HEADER = 100_000_000;
    private static final int NUMBERS_AT_ONCE = 1 << 16;

    private final Path origin;
    private final Map<Path, FileBytes> files = new LinkedHashMap<>();
    private final Map<String, Entry> tensors = new LinkedHashMap<>();

    private record Entry(FileBytes file, String type, int width, int[] shape, long at, int numbers) {}

    private Safetensors(Path origin) {
        this.origin = origin;
    }

    /** One file. */
    public static Safetensors open(Path file) {
        Safetensors opened = new Safetensors(file);
        try {
            opened.add(file);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /**
     * The weights of a Hugging Face directory: model.safetensors, or the files that model.safetensors.index.json names.
     *
     * @throws ModelFileException if there are none, or a tensor is not in the file its index names
     */
    public static Safetensors openDirectory(Path directory) {
        Path single = directory.resolve("model.safetensors");
        Path index = directory.resolve("model.safetensors.index.json");
        if (Files.exists(single)) {
            return open(single);
        }
        if (!Files.exists(index)) {
            throw new ModelFileException(directory + " has neither model.safetensors nor model.safetensors.index.json");
        }
        Safetensors opened = new Safetensors(directory);
        try {
            opened.addIndexed(directory, index);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    private void addIndexed(Path directory, Path index) {
        JsonNode map = Json.read(index).path("weight_map");
        if (!map.isObject()) {
            throw new ModelFileException(index + " has no object weight_map");
        }
        map.properties().forEach(entry -> {
            Path file = directory.resolve(entry.getValue().asText()).normalize();
            if (!directory.normalize().equals(file.getParent())) {
                throw new ModelFileException(index + " names a file outside its directory: "
                        + entry.getValue().asText());
            }
            if (!files.containsKey(file)) {
                add(file);
            }
            if (!tensors.containsKey(entry.getKey())) {
                throw new ModelFileException(
                        index + " says that " + file.getFileName() + " holds " + entry.getKey() + ", but it does not");
            }
        });
    }

    private void add(Path path) {
        FileBytes file = new FileBytes(path);
        files.put(path, file);
        long length = file.read(0, 8, "the length of the header").getLong();
        if (length < 2 || length > MAX_HEADER) {
            throw new ModelFileException(path + " is not a safetensors file: its header would have "
                    + Long.toUnsignedString(length) + " bytes");
        }
        ByteBuffer header = file.read(8, length, "the header");
        JsonNode json = Json.parse(StandardCharsets.UTF_8.decode(header).toString(), path.toString());
        if (!json.isObject()) {
            throw new ModelFileException(path + ": the header is no JSON object");
        }
        json.properties().forEach(field -> {
            if (!field.getKey().equals("__metadata__")) {
                tensors.put(field.getKey(), entry(file, field.getKey(), field.getValue(), 8 + length));
            }
        });
    }

    private static Entry entry(FileBytes file, String name, JsonNode json, long start) {
        String type = json.path("dtype").asText();
        int width = switch (type) {
            case "F64" -> 8;
            case "F32" -> 4;
            case "F16", "BF16" -> 2;
            default ->
                throw new UnsupportedModelException(file.path() + ": tensor " + name + " is stored as \"" + type
                        + "\"; F64, F32, F16 and BF16 are read here");
        };
        JsonNode sizes = json.path("shape");
        int[] shape = new int[sizes.size()];
        Arrays.setAll(shape, i -> sizes.get(i).asInt(-1));
        int numbers = TensorSizes.numbers(shape, file.path() + ": tensor " + name);
        long from = json.path("data_offsets").path(0).asLong(-1);
        long to = json.path("data_offsets").path(1).asLong(-1);
        if (from < 0 || to - from != (long) numbers * width) {
            throw new ModelFileException(file.path() + " is damaged: tensor " + name + " of " + numbers + " " + type
                    + " would lie at bytes " + from + " to " + to + " of its numbers");
        }
        file.require(start + from, to - from, "tensor " + name);
        return new Entry(file, type, width, shape, start + from, numbers);
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
        float[] values = new float[Math.min(entry.numbers, NUMBERS_AT_ONCE)];
        for (int from = 0; from < entry.numbers; from += NUMBERS_AT_ONCE) {
            int count = Math.min(entry.numbers - from, NUMBERS_AT_ONCE);
            ByteBuffer bytes =
                    entry.file.read(entry.at + (long) from * entry.width, (long) count * entry.width, "tensor " + name);
            for (int i = 0; i < count; i++) {
                values[i] = switch (entry.type) {
                    case "F32" -> bytes.getFloat();
                    case "F16" -> Half.ofFloat16(bytes.getShort());
                    case "BF16" -> Half.ofBfloat16(bytes.getShort());
                    default -> (float) bytes.getDouble();
                };
            }
            target.take(from, values, count);
        }
    }

    @Override
    public String stamp() {
        return files.values().stream().map(FileBytes::stamp).collect(Collectors.joining("; "));
    }

    private Entry entry(String name) {
        Entry entry = tensors.get(name);
        if (entry == null) {
            throw new ModelFileException(origin + " has no tensor " + name);
        }
        return entry;
    }

    @Override
    public String origin() {
        return origin.toString();
    }

    @Override
    public void close() {
        files.values().forEach(FileBytes::close);
    }
}
