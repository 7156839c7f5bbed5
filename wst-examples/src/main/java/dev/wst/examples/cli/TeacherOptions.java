package dev.wst.examples.cli;

import dev.wst.Sampling;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.teacher.TransformerTeacherBuilder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which teacher, what it is shown and how it writes. */
final class TeacherOptions {
    private static final String EMBEDDED = "embedded";
    private static final int EMBEDDED_TOKENS = 16;

    @Option(
            names = "--teacher",
            required = true,
            paramLabel = "embedded|FILE.gguf|DIR",
            description = "the embedded teacher, a GGUF file or a Hugging Face directory")
    private String teacher = "";

    @Option(names = "--adapter", description = "go on from this adapter directory (of a run, or of Python's peft)")
    private Optional<Path> adapter = Optional.empty();

    @Option(
            names = "--teacher-prompt",
            paramLabel = "FILE.json",
            description = "what the teacher is shown: {\"system\": ..., \"examples\": [{\"message\": ...,"
                    + " \"instruction\": ...}], \"request\": \"... {question} ...\"}")
    private Optional<Path> prompt = Optional.empty();

    @Option(names = "--rank", description = "rank of fresh adapters; default ${DEFAULT-VALUE}")
    private int rank = 16;

    @Option(names = "--alpha", description = "scale of fresh adapters; default ${DEFAULT-VALUE}")
    private double alpha = 32;

    @Option(names = "--full", description = "train every weight instead of adapters")
    private boolean full;

    @Option(names = "--tokens", description = "longest instruction; default 64, 16 for the embedded teacher")
    private Optional<Integer> tokens = Optional.empty();

    @Option(names = "--temperature", description = "of the teacher in training; default ${DEFAULT-VALUE}")
    private double temperature = 1;

    boolean isEmbedded() {
        return teacher.equals(EMBEDDED);
    }

    /** The files of what {@code --teacher} names. */
    static Path files(String teacher) {
        return teacher.equals(EMBEDDED) ? EmbeddedPair.teacherFiles() : Path.of(teacher);
    }

    boolean hasAdapter() {
        return adapter.isPresent();
    }

    /** As the options say. */
    TransformerTeacher open(long seed) {
        TransformerTeacherBuilder builder = builder(seed);
        if (full) {
            builder.fullFineTuning();
        } else {
            builder.lora(rank, alpha);
        }
        adapter.ifPresent(builder::adapter);
        return builder.build();
    }

    /** The same without what was learned. */
    TransformerTeacher openUntrained() {
        return builder(0).lora(rank, alpha).build();
    }

    private TransformerTeacherBuilder builder(long seed) {
        return TransformerTeacher.builder(files(teacher)).prompt(prompt()).seed(seed);
    }

    private TeacherPrompt prompt() {
        return prompt.map(PromptFile::read)
                .orElseGet(() -> isEmbedded() ? EmbeddedPair.prompt() : TeacherPrompt.defaults());
    }

    Sampling sampling() {
        return Sampling.defaults()
                .withTemperature(temperature)
                .withMaxTokens(tokens.orElse(
                        isEmbedded() ? EMBEDDED_TOKENS : Sampling.defaults().maxTokens()));
    }
}
