package dev.wst.examples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Situation;
import dev.wst.teacher.TeacherPrompt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * A model of random numbers in BF16 as a Hugging Face directory. It writes nonsense at the speed of a real one. The words of the
 * work that is measured are tokens, and the rest of the vocabulary is made up.
 */
final class RandomModel {
    /** As a tokenizer that splits at white space cuts a text. */
    private static final Pattern WORD = Pattern.compile("\\w+|[^\\w\\s]+");
    /** Numbers that are drawn once and written again and again; odd, so that rows of a matrix differ. */
    private static final int DRAWN = (1 << 20) - 3;

    private static final double DEVIATION = 0.02;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Shape shape;
    /** Sizes by name, in the order of the file. */
    private final Map<String, int[]> tensors = new LinkedHashMap<>();

    private RandomModel(Shape shape) {
        this.shape = shape;
        int w = shape.width();
        tensors.put("model.embed_tokens.weight", new int[] {shape.vocabulary(), w});
        for (int i = 0; i < shape.layers(); i++) {
            String layer = "model.layers." + i + ".";
            tensors.put(layer + "input_layernorm.weight", new int[] {w});
            projection(layer + "self_attn.q_proj", shape.heads());
            projection(layer + "self_attn.k_proj", shape.keyValueHeads());
            projection(layer + "self_attn.v_proj", shape.keyValueHeads());
            tensors.put(layer + "self_attn.o_proj.weight", new int[] {w, w});
            tensors.put(layer + "post_attention_layernorm.weight", new int[] {w});
            tensors.put(layer + "mlp.gate_proj.weight", new int[] {shape.ffnWidth(), w});
            tensors.put(layer + "mlp.up_proj.weight", new int[] {shape.ffnWidth(), w});
            tensors.put(layer + "mlp.down_proj.weight", new int[] {w, shape.ffnWidth()});
        }
        tensors.put("model.norm.weight", new int[] {w});
    }

    private void projection(String name, int heads) {
        tensors.put(name + ".weight", new int[] {heads * shape.headWidth(), shape.width()});
        if (shape.hasBias()) {
            tensors.put(name + ".bias", new int[] {heads * shape.headWidth()});
        }
    }

    /** Writes a model to a directory that exists. */
    static void write(Shape shape, Work work, Path directory) throws IOException {
        RandomModel model = new RandomModel(shape);
        Files.writeString(directory.resolve("config.json"), model.config().toPrettyString());
        Files.writeString(directory.resolve("tokenizer.json"), model.tokenizer(work));
        model.writeTensors(directory.resolve("model.safetensors"));
    }

    private ObjectNode config() {
        return JSON.createObjectNode()
                .put("model_type", shape.family())
                .put("hidden_size", shape.width())
                .put("num_hidden_layers", shape.layers())
                .put("num_attention_heads", shape.heads())
                .put("num_key_value_heads", shape.keyValueHeads())
                .put("intermediate_size", shape.ffnWidth())
                .put("hidden_act", "silu")
                .put("vocab_size", shape.vocabulary())
                .put("rms_norm_eps", 1e-6)
                .put("rope_theta", shape.ropeTheta())
                .put("max_position_embeddings", 32_768)
                .put("tie_word_embeddings", true)
                .put("eos_token_id", 0);
    }

    private String tokenizer(Work work) {
        Set<String> words = new LinkedHashSet<>();
        words.add("?");
        TeacherPrompt prompt = TeacherPrompt.defaults();
        StringBuilder text = new StringBuilder(prompt.system().orElse("")).append(' ');
        text.append(prompt.request());
        for (Situation situation : work.situations()) {
            text.append(' ').append(situation.task().prompt());
        }
        WORD.matcher(text).results().forEach(found -> words.add(found.group()));
        for (int i = 0; words.size() < shape.vocabulary(); i++) {
            words.add("w" + i);
        }
        ObjectNode json = JSON.createObjectNode().put("version", "1.0");
        json.putNull("truncation").putNull("padding").putNull("normalizer");
        json.putNull("post_processor").putNull("decoder");
        json.putArray("added_tokens");
        json.putObject("pre_tokenizer").put("type", "Whitespace");
        ObjectNode vocabulary = json.putObject("model")
                .put("type", "WordLevel")
                .put("unk_token", "?")
                .putObject("vocab");
        for (String word : words) {
            vocabulary.put(word, vocabulary.size());
        }
        return json.toString();
    }

    private void writeTensors(Path file) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        long at = 0;
        for (Map.Entry<String, int[]> tensor : tensors.entrySet()) {
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "BF16");
            entry.set("shape", JSON.valueToTree(tensor.getValue()));
            long bytes = numbers(tensor.getValue()) * Short.BYTES;
            entry.putArray("data_offsets").add(at).add(at + bytes);
            at += bytes;
        }
        byte[] head = header.toString().getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer start = ByteBuffer.allocate(8 + head.length).order(ByteOrder.LITTLE_ENDIAN);
            writeAll(channel, start.putLong(head.length).put(head).flip());
            ByteBuffer drawn = drawn();
            for (Map.Entry<String, int[]> tensor : tensors.entrySet()) {
                long left = numbers(tensor.getValue()) * Short.BYTES;
                ByteBuffer source = tensor.getKey().endsWith("norm.weight") ? ones() : drawn;
                while (left > 0) {
                    if (!source.hasRemaining()) {
                        source.rewind();
                    }
                    ByteBuffer piece = source.slice();
                    piece.limit((int) Math.min(left, piece.remaining()));
                    int count = piece.remaining();
                    writeAll(channel, piece);
                    source.position(source.position() + count);
                    left -= count;
                }
            }
        }
    }

    private static ByteBuffer drawn() {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer numbers = ByteBuffer.allocate(DRAWN * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < DRAWN; i++) {
            // Uniform, with the deviation that models begin with.
            double number = (2 * random.nextDouble() - 1) * DEVIATION * Math.sqrt(3);
            numbers.putShort((short) (Float.floatToIntBits((float) number) >>> 16));
        }
        return numbers.flip();
    }

    private ByteBuffer ones() {
        ByteBuffer numbers = ByteBuffer.allocate(shape.width() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (numbers.hasRemaining()) {
            numbers.putShort((short) (Float.floatToIntBits(1) >>> 16));
        }
        return numbers.flip();
    }

    private static long numbers(int[] sizes) {
        long product = 1;
        for (int size : sizes) {
            product *= size;
        }
        return product;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
