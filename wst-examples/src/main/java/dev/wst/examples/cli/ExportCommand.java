package dev.wst.examples.cli;

import dev.wst.teacher.TransformerTeacher;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Adds an adapter to the weights of its model, for programs that read no adapters. */
@Command(
        name = "export",
        description =
                "Writes a model with an adapter merged into its weights: a Hugging Face directory, or a GGUF file.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ExportCommand implements Callable<Integer> {
    @Option(
            names = "--teacher",
            required = true,
            paramLabel = "embedded|FILE.gguf|DIR",
            description = "the model that the adapter was trained on")
    private String teacher = "";

    @Option(names = "--adapter", required = true, description = "adapter directory (of a run, or of Python's peft)")
    private Path adapter = Path.of("");

    @Option(names = "--to", paramLabel = "DIR", description = "new Hugging Face directory, in FP32")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--gguf", paramLabel = "FILE", description = "new GGUF file, for llama.cpp and what is built on it")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--type",
            paramLabel = "f32|f16|q8_0",
            description = "number format of the GGUF file's matrices; f16 unless given")
    private Optional<String> type = Optional.empty();

    @Override
    public Integer call() {
        if (directory.isPresent() == file.isPresent()) {
            throw new IllegalArgumentException(
                    "give --to DIR for a Hugging Face directory, or --gguf FILE for a GGUF file");
        }
        if (directory.isPresent() && type.isPresent()) {
            throw new IllegalArgumentException("--type is of a GGUF file; a Hugging Face directory is in FP32");
        }
        TransformerTeacher.GgufType numbers = type(type.orElse("f16"));
        try (TransformerTeacher trained = TransformerTeacher.builder(TeacherOptions.files(teacher))
                .adapter(adapter)
                .build()) {
            directory.ifPresent(trained::saveMerged);
            file.ifPresent(target -> trained.saveGguf(target, numbers));
        }
        System.out.println("written to " + directory.or(() -> file).orElseThrow());
        return 0;
    }

    private static TransformerTeacher.GgufType type(String name) {
        return Arrays.stream(TransformerTeacher.GgufType.values())
                .filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--type must be f32, f16 or q8_0, got " + name));
    }
}
