package dev.wst.teacher;

import dev.wst.Precision;
import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.nn.LoraConfig;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.weights.ModelFingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Builds a {@link TransformerTeacher}; made by {@link TransformerTeacher#builder}.
 *
 * <pre>{@code
 * TransformerTeacher teacher = TransformerTeacher.builder(Path.of("SmolLM2-135M-Instruct.gguf"))
 *         .lora(8, 16, "q_proj", "v_proj")
 *         .seed(17)
 *         .build();
 * }</pre>
 */
public final class TransformerTeacherBuilder {
    private static final int RANK = 16;
    private static final double ALPHA = 32;

    private final Path model;
    private Optional<TeacherPrompt> prompt = Optional.empty();
    private Optional<Path> adapter = Optional.empty();
    private Supplier<Weights> weights = () -> fresh(RANK, ALPHA, LoraConfig.ALL_LINEAR);
    private Optional<String> kernels = Optional.empty();
    private Optional<Precision> precision = Optional.empty();
    private OptionalLong activationBytes = OptionalLong.empty();
    private long seed;
    private boolean controlTokensInText;

    TransformerTeacherBuilder(Path model) {
        this.model = Objects.requireNonNull(model, "model");
    }

    /** What the teacher is shown; unless given, what the adapter's was, or {@link TeacherPrompt#defaults()}. */
    public TransformerTeacherBuilder prompt(TeacherPrompt value) {
        prompt = Optional.of(value);
        return this;
    }

    /**
     * Trains low-rank adapters (the default, with rank 16 and alpha 32 on all linear layers).
     *
     * @param rank at least 1
     * @param alpha the adapter is scaled by alpha / rank
     * @param targets as PEFT names them; all seven linear layers of a block if none is given
     */
    public TransformerTeacherBuilder lora(int rank, double alpha, String... targets) {
        List<String> names = targets.length == 0 ? LoraConfig.ALL_LINEAR : List.of(targets);
        new LoraConfig(rank, alpha, Set.copyOf(names));
        adapter = Optional.empty();
        weights = () -> fresh(rank, alpha, names);
        return this;
    }

    /**
     * Goes on from an adapter written by {@link TransformerTeacher#save} or by Python's peft. {@link #build} refuses one that a
     * teacher saved beside another base model.
     */
    public TransformerTeacherBuilder adapter(Path directory) {
        adapter = Optional.of(directory);
        weights = () -> AdapterWeights.continuing(directory);
        return this;
    }

    /**
     * Trains every weight. Takes four times the model's memory in FP32, and a second copy for the reference policy; the
     * model must be a Hugging Face directory, whose form the result is saved in.
     */
    public TransformerTeacherBuilder fullFineTuning() {
        weights = () -> {
            if (!Files.isDirectory(model)) {
                throw new IllegalArgumentException(
                        "full fine-tuning saves a Hugging Face directory and needs one to start from; got " + model);
            }
            return new WholeWeights();
        };
        adapter = Optional.empty();
        return this;
    }

    /** Where fresh adapters begin; 0 unless given. */
    public TransformerTeacherBuilder seed(long value) {
        seed = value;
        return this;
    }

    /**
     * Particular kernels instead of the fastest that load.
     *
     * @param name cuda, onednn, host or portable
     */
    public TransformerTeacherBuilder kernels(String name) {
        kernels = Optional.of(name);
        return this;
    }

    /**
     * What the model's frozen weights are kept and multiplied in; unless given, BF16 where this processor has instructions for it
     * (which the first line of the log says), FP32 elsewhere; on a card BF16 from compute capability 8.0 on. Adapters, the loss
     * and the optimiser are FP32 always.
     *
     * @param value not INT8, which {@link #build} refuses: nothing can be learned through such weights
     */
    public TransformerTeacherBuilder precision(Precision value) {
        precision = Optional.of(value);
        return this;
    }

    /**
     * The most memory that activations may take while the teacher learns. Unless given, 512 MB (of 2^20 bytes) or an
     * eighth of a card's memory, and more where a single instruction needs it. What does not fit is worked through in parts, or
     * computed again on the way back instead of being kept, whichever is faster. Computing again changes no number; cutting a batch elsewhere changes the order of sums. Weights, adapters, logits and what writing
     * instructions takes are outside the bound.
     *
     * @param bytes at least what one instruction takes on its own: checking a task fails otherwise
     */
    public TransformerTeacherBuilder activationMemory(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("activations need some memory, got " + bytes + " bytes");
        }
        activationBytes = OptionalLong.of(bytes);
        return this;
    }

    /**
     * Lets the names of control tokens, such as {@code <|im_end|>}, in a question, an instruction or an answer become those
     * tokens. Whoever writes a question can then end the turn and speak as the system; without this they are text, and the
     * chat template alone says who speaks.
     */
    public TransformerTeacherBuilder controlTokensInText() {
        controlTokensInText = true;
        return this;
    }

    /**
     * Loads the model.
     *
     * @throws IllegalArgumentException if the precision is INT8, or not FP32 though every weight is trained
     * @throws dev.wst.InvalidInputException if a file is missing or damaged, or the adapter belongs to another model
     */
    public TransformerTeacher build() {
        Weights trained = weights.get();
        LanguageModel loaded =
                LanguageModel.open(model, kernelsFor(trained), trained.leaveTheModelFrozen(), controlTokensInText);
        try {
            return new TransformerTeacher(loaded, about(), trained, activationBytes);
        } catch (RuntimeException e) {
            loaded.close();
            throw e;
        }
    }

    private TeacherFile about() {
        String base = ModelFingerprint.ofWeights(model);
        Optional<TeacherFile> saved = adapter.flatMap(TeacherFile::in);
        saved.ifPresent(file -> file.requireBase(adapter.orElseThrow(), model, base));
        TeacherPrompt shown = prompt.or(() -> saved.map(TeacherFile::prompt)).orElseGet(TeacherPrompt::defaults);
        return new TeacherFile(Optional.of(base), shown);
    }

    private Kernels kernelsFor(Weights trained) {
        Optional<Precision> chosen = trained.leaveTheModelFrozen() ? precision : Optional.of(Precision.FP32);
        if (precision.isPresent() && !precision.equals(chosen)) {
            throw new IllegalArgumentException(
                    "full fine-tuning leaves no weight frozen and computes in FP32, got precision " + precision.get()
                            + "; leave it out, or train adapters");
        }
        if (chosen.equals(Optional.of(Precision.INT8))) {
            throw new IllegalArgumentException(
                    "a teacher learns through its frozen weights, which INT8 is too coarse for, got precision INT8;"
                            + " leave it out, or ask for BF16 or FP32; INT8 is for a TransformerChatModel");
        }
        return kernels.map(name -> KernelChoice.named(name, chosen)).orElseGet(() -> KernelChoice.best(chosen));
    }

    private Weights fresh(int rank, double alpha, List<String> targets) {
        return new AdapterWeights(new LoraConfig(rank, alpha, Set.copyOf(targets)), seed, Optional.empty());
    }
}
