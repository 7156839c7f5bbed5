package dev.wst.examples.bench;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The model that is measured: a real one, or random numbers in the shape of one. */
final class ModelOptions {
    @Option(names = "--teacher", description = "a GGUF file or a Hugging Face directory")
    private Optional<Path> teacher = Optional.empty();

    @Option(
            names = "--shape",
            description = "random weights instead, in the shape of smollm2-135m, qwen2.5-0.5b or qwen2.5-1.5b")
    private Optional<String> shape = Optional.empty();

    @Option(names = "--layers", description = "of the shape; all that it has unless given")
    private Optional<Integer> layers = Optional.empty();

    /** Where a model lies, for as long as it is open. */
    record Place(Path path, boolean temporary) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (temporary) {
                MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        }
    }

    /** The model's files; those of a shape are made here. */
    Place open(Work work) throws IOException {
        if (teacher.isPresent() == shape.isPresent() || (layers.isPresent() && shape.isEmpty())) {
            throw new IllegalArgumentException(
                    "either --teacher names a model or --shape one of random numbers; --layers belongs to --shape");
        }
        if (teacher.isPresent()) {
            return new Place(teacher.get(), false);
        }
        Shape whole = Shape.named(shape.orElseThrow());
        Place made = new Place(Files.createTempDirectory("wst-bench"), true);
        try {
            RandomModel.write(layers.map(whole::withLayers).orElse(whole), work, made.path);
        } catch (IOException | RuntimeException e) {
            made.close();
            throw e;
        }
        return made;
    }
}
