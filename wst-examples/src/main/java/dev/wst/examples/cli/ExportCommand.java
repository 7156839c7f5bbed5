package dev.wst.examples.cli;

import dev.wst.teacher.TransformerTeacher;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Adds an adapter to the weights of its model, for programs that read no adapters. */
@Command(
        name = "export",
        description = "Writes a Hugging Face directory with an adapter merged into the weights.",
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

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "new directory")
    private Path target = Path.of("");

    @Override
    public Integer call() {
        try (TransformerTeacher trained = TransformerTeacher.builder(TeacherOptions.files(teacher))
                .adapter(adapter)
                .build()) {
            trained.saveMerged(target);
        }
        System.out.println("written to " + target);
        return 0;
    }
}
