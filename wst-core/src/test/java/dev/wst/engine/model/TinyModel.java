package dev.wst.engine.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A random model of two layers whose words are w0 to w96. */
public final class TinyModel {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/tiny-llama");

    private TinyModel() {}

    /** Lays it out as a Hugging Face directory. */
    public static Path in(Path directory) throws IOException {
        Files.copy(GOLDEN.resolve("config.json"), directory.resolve("config.json"));
        Files.copy(GOLDEN.resolve("model.safetensors"), directory.resolve("model.safetensors"));
        String words =
                IntStream.range(0, 97).mapToObj(i -> "\"w" + i + "\":" + i).collect(Collectors.joining(","));
        Files.writeString(
                directory.resolve("tokenizer.json"),
                "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[],\"normalizer\":null,"
                        + "\"pre_tokenizer\":{\"type\":\"Whitespace\"},\"post_processor\":null,\"decoder\":null,"
                        + "\"model\":{\"type\":\"WordLevel\",\"unk_token\":\"w0\",\"vocab\":{" + words + "}}}");
        return directory;
    }

    /** The same with the control token {@code <|turn|>} for w96. */
    public static Path withControlToken(Path directory) throws IOException {
        Path tokenizer = in(directory).resolve("tokenizer.json");
        Files.writeString(
                tokenizer,
                Files.readString(tokenizer)
                        .replace("\"w96\"", "\"<|turn|>\"")
                        .replace(
                                "\"added_tokens\":[]",
                                "\"added_tokens\":[{\"id\":96,\"content\":\"<|turn|>\",\"single_word\":false,\"lstrip\":false,"
                                        + "\"rstrip\":false,\"normalized\":false,\"special\":true}]"));
        return directory;
    }
}
