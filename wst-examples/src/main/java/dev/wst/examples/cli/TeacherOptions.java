package dev.wst.examples.cli;

import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.teacher.TransformerTeacherBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which teacher, what it is shown and how it writes. */
final class TeacherOptions {
    private static final String EMBEDDED = "embedded";
    private static final int EMBEDDED_TOKENS = 16;
    private static final int RANK = 16;
    private static final double ALPHA = 32;

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

    @Option(names = "--rank", description = "rank of fresh adapters; 16 unless given")
    private Optional<Integer> rank = Optional.empty();

    @Option(names = "--alpha", description = "scale of fresh adapters; 32 unless given")
    private Optional<Double> alpha = Optional.empty();

    @Option(
            names = "--targets",
            split = ",",
            paramLabel = "NAME",
            description = "layers that get fresh adapters, such as q_proj,v_proj; all linear layers unless given")
    private List<String> targets = List.of();

    @Option(names = "--full", description = "train every weight instead of adapters")
    private boolean full;

    @Option(
            names = "--precision",
            paramLabel = "FP32|BF16",
            description = "of the teacher's frozen weights; the faster one here unless given")
    private Optional<Precision> precision = Optional.empty();

    @Option(
            names = "--activation-memory",
            paramLabel = "MB",
            description = "the most that activations may take while the teacher learns, in megabytes; 512 unless given")
    private Optional<Integer> activationMemory = Optional.empty();

    @Option(names = "--tokens", description = "longest instruction; default 64, 16 for the embedded teacher")
    private Optional<Integer> tokens = Optional.empty();

    @Option(names = "--temperature", description = "of the teacher in training; default 1")
    private Optional<Double> temperature = Optional.empty();

    @Option(
            names = "--top-k",
            description = "the teacher draws from so many likeliest tokens; 0, the default, from all")
    private Optional<Integer> topK = Optional.empty();

    @Option(names = "--top-p", description = "... from the likeliest that have this probability together; default 1")
    private Optional<Double> topP = Optional.empty();

    @Option(names = "--min-p", description = "... from those with this share of the likeliest's; default 0")
    private Optional<Double> minP = Optional.empty();

    @Option(
            names = "--stop",
            paramLabel = "TEXT",
            description = "ends an instruction before it; may come several times")
    private List<String> stop = List.of();

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

    boolean isWhole() {
        return full;
    }

    /** Those of training, where nothing is trained. */
    Unheard ofTraining() {
        return new Unheard()
                .with("--rank", rank)
                .with("--alpha", alpha)
                .with("--targets", !targets.isEmpty())
                .with("--full", full)
                .with("--activation-memory", activationMemory);
    }

    /** Those of drawing tokens, where the likeliest are taken. */
    Unheard ofDrawing() {
        return new Unheard()
                .with("--temperature", temperature)
                .with("--top-k", topK)
                .with("--top-p", topP)
                .with("--min-p", minP);
    }

    /** As the options say. */
    TransformerTeacher open(long seed) {
        requireOneWay();
        TransformerTeacherBuilder builder = builder(seed, adapter);
        if (full) {
            builder.fullFineTuning();
        } else if (adapter.isPresent()) {
            builder.adapter(adapter.get());
        } else {
            builder.lora(rank.orElse(RANK), alpha.orElse(ALPHA), targets.toArray(new String[0]));
        }
        return builder.build();
    }

    private void requireOneWay() {
        if (full && adapter.isPresent()) {
            throw new IllegalArgumentException(
                    "--full trains every weight of --teacher and cannot go on from --adapter;"
                            + " give one of the two");
        }
        if ((full || adapter.isPresent()) && (rank.isPresent() || alpha.isPresent() || !targets.isEmpty())) {
            throw new IllegalArgumentException("--rank, --alpha and --targets shape fresh adapters; with "
                    + (full ? "--full there are none" : "--adapter they stand in the adapter") + "; leave them out");
        }
    }

    /** The same without what was learned. */
    TransformerTeacher openUntrained() {
        return builder(0, adapter).build();
    }

    /** The same with what another run has learned, and with that run's prompt unless one is given. */
    TransformerTeacher openOther(Path other) {
        return builder(0, Optional.of(other)).adapter(other).build();
    }

    private TransformerTeacherBuilder builder(long seed, Optional<Path> learned) {
        TransformerTeacherBuilder builder = TransformerTeacher.builder(files(teacher))
                .prompt(prompt(learned))
                .seed(seed);
        precision.ifPresent(builder::precision);
        activationMemory.ifPresent(megabytes -> builder.activationMemory((long) megabytes << 20));
        return builder;
    }

    private TeacherPrompt prompt(Optional<Path> learned) {
        return prompt.map(PromptFile::read)
                .or(() -> learned.flatMap(TeacherPrompt::ofAdapter))
                .orElseGet(() -> isEmbedded() ? EmbeddedPair.prompt() : TeacherPrompt.defaults());
    }

    /** What a model that follows orders is shown in the teacher's place; the embedded teacher's prompt would tell it nothing. */
    TeacherPrompt promptForModels() {
        return isEmbedded() && prompt.isEmpty() ? TeacherPrompt.defaults() : prompt(adapter);
    }

    Sampling sampling() {
        return Sampling.defaults()
                .withTemperature(temperature.orElse(1.0))
                .withMaxTokens(tokens.orElse(
                        isEmbedded() ? EMBEDDED_TOKENS : Sampling.defaults().maxTokens()))
                .withTopK(topK.orElse(0))
                .withTopP(topP.orElse(1.0))
                .withMinP(minP.orElse(0.0))
                .withStopStrings(stop);
    }
}
