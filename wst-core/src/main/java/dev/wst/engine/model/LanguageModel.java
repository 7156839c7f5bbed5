package dev.wst.engine.model;

import dev.wst.Sampling;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.nn.PackedBatch;
import dev.wst.engine.nn.TensorReader;
import dev.wst.engine.nn.TensorWriter;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tokenizer.Message;
import dev.wst.engine.tokenizer.TextSide;
import dev.wst.engine.tokenizer.Tokenizer;
import dev.wst.engine.tokenizer.TokenizerException;
import dev.wst.engine.weights.DecoderConfig;
import dev.wst.engine.weights.Gguf;
import dev.wst.engine.weights.ModelConfig;
import dev.wst.engine.weights.ModelFileException;
import dev.wst.engine.weights.ModelFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decoder, tokenizer and chat template of one model. Several threads may use it: calls that compute take turns, and closing
 * waits for the one under way.
 */
public final class LanguageModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LanguageModel.class);
    /** Continuations written in one session: what fills a processor's matrix units without holding too many caches. */
    private static final int SEQUENCES_AT_ONCE = 64;
    /** The same of a card. */
    private static final int SEQUENCES_AT_ONCE_FUSED = 256;

    private final Path origin;
    private final ModelConfig config;
    private final TextSide text;
    private final boolean controlTokensInText;
    private final Kernels kernels;
    private final Decoder decoder;
    /** Of the files, when they were read. */
    private final String stamp;

    private final List<Runnable> freedWithIt = new ArrayList<>();
    private final TakingTurns turns;

    private LanguageModel(
            Path origin,
            ModelConfig config,
            TextSide text,
            boolean controlTokensInText,
            Kernels kernels,
            Decoder decoder,
            String stamp) {
        this.controlTokensInText = controlTokensInText;
        this.origin = origin;
        this.config = config;
        this.text = text;
        this.kernels = kernels;
        this.decoder = decoder;
        this.stamp = stamp;
        this.turns = new TakingTurns("the model of " + origin, kernels::endThreads, this::release);
    }

    /** Loads a frozen model to which the names of control tokens in a message are text. */
    public static LanguageModel open(Path path, Kernels kernels) {
        return open(path, kernels, true, false);
    }

    /**
     * Loads a GGUF file or a Hugging Face directory.
     *
     * @param kernels owned by the model from now on, also if loading fails
     * @param frozen whether its own weights never change, which takes less memory
     * @param controlTokensInText whether the names of control tokens in a message become those tokens
     * @throws ModelFileException if a file is missing or damaged
     * @throws dev.wst.engine.weights.UnsupportedModelException if the model needs what is not computed here
     * @throws TokenizerException if its tokenizer is missing, damaged, of an unknown kind or that of another model
     */
    public static LanguageModel open(Path path, Kernels kernels, boolean frozen, boolean controlTokensInText) {
        try (ModelFiles files = ModelFiles.open(path)) {
            files.gguf().ifPresent(LanguageModel::warnOfUnknownSplitting);
            TextSide text = TextSide.of(files);
            try {
                requireFitting(text.tokenizer(), files.config(), path);
                DecoderConfig shape = files.config().decoder();
                TensorReader tensors = new FileTensors(files.tensors());
                Decoder decoder =
                        frozen ? Decoder.frozen(shape, kernels, tensors) : new Decoder(shape, kernels, tensors);
                try {
                    files.gguf().ifPresent(Gguf::requireAllRead);
                    kernels.endThreads();
                    String stamp = files.tensors().stamp();
                    return new LanguageModel(path, files.config(), text, controlTokensInText, kernels, decoder, stamp);
                } catch (RuntimeException e) {
                    decoder.close();
                    throw e;
                }
            } catch (RuntimeException e) {
                text.close();
                throw e;
            }
        } catch (RuntimeException e) {
            kernels.close();
            throw e;
        }
    }

    private static void warnOfUnknownSplitting(Gguf gguf) {
        if (gguf.string("tokenizer.ggml.pre").orElse("").isEmpty()) {
            LOG.warn(
                    "{} does not say how text is split before it becomes tokens (tokenizer.ggml.pre); it is split as"
                            + " llama.cpp does then, which is hardly what the model was trained with. Take a newer"
                            + " conversion of the model",
                    gguf.origin());
        }
    }

    private static void requireFitting(Tokenizer tokenizer, ModelConfig config, Path path) {
        if (tokenizer.knows(config.decoder().vocabulary())) {
            throw new TokenizerException(path + ": the tokenizer has more tokens than the model, whose vocabulary is "
                    + config.decoder().vocabulary() + "; is it that of another model?");
        }
    }

    /**
     * Writes every weight, adapters added in. What a frozen model kept no copy of is read again.
     *
     * @throws ModelFileException if its files were changed or moved since
     */
    public void export(TensorWriter target) {
        try (ModelFiles files = ModelFiles.open(origin)) {
            if (!files.tensors().stamp().equals(stamp)) {
                throw new ModelFileException(
                        origin + " was changed after the model was loaded from it, so its weights cannot"
                                + " be read again to be written; put the old file back, or load the model anew");
            }
            decoder.export(new FileTensors(files.tensors()), target);
        }
    }

    public Path origin() {
        return origin;
    }

    public ModelConfig config() {
        return config;
    }

    public Tokenizer tokenizer() {
        return text.tokenizer();
    }

    public Decoder decoder() {
        return decoder;
    }

    public Kernels kernels() {
        return kernels;
    }

    /**
     * The tokens of a chat, ending where the assistant is to write; see {@link TextSide#prompt}. The names of control tokens
     * in a message are text unless the model was opened otherwise.
     */
    public int[] prompt(List<Message> messages) {
        return text.prompt(messages, controlTokensInText);
    }

    /** The tokens of a text that the assistant might have written; the names of control tokens are text. */
    public int[] written(String text) {
        return this.text.plain(text);
    }

    /**
     * Checks that a prompt leaves room for what is to be written, and that the engine can hold its attention.
     *
     * @param what names the prompt in the message
     * @throws PromptTooLongException if it does not
     */
    public void check(int[] prompt, int maxTokens, String what) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException(what + " has no tokens");
        }
        if ((long) prompt.length + maxTokens > config.contextLength()) {
            throw new PromptTooLongException(what + " has " + prompt.length + " tokens; with " + maxTokens
                    + " to be written it exceeds the context of " + config.contextLength() + " of " + origin
                    + "; shorten it or let fewer tokens be written");
        }
        int most = decoder.longestPrompt();
        if (prompt.length > most) {
            throw new PromptTooLongException(what + " has " + prompt.length + " tokens; the "
                    + config.decoder().heads()
                    + " attention heads of " + origin + " are computed here for prompts of at most " + most
                    + "; shorten it");
        }
    }

    /**
     * Writes after each prompt. Equal prompts are read once.
     *
     * @param seeds one for each prompt: a continuation depends on its own seed only
     * @param adapted whether adapters take part
     * @return one continuation for each prompt, in order
     * @throws PromptTooLongException if a prompt leaves no room for what may be written
     * @throws dev.wst.InterruptedRunException if the thread is interrupted between two tokens
     * @throws dev.wst.ClosedException if the model is closed
     */
    public List<Continuation> generate(List<int[]> prompts, Sampling sampling, long[] seeds, boolean adapted) {
        return generate(prompts, sampling, seeds, adapted, Optional.empty());
    }

    /**
     * The same, on a CPU sooner where prompts and texts resemble earlier ones: what prompts begin with is read once, and tokens are guessed,
     * and kept if they are what is drawn. What is written is the same but for rounding, since other rows are computed together.
     *
     * @param earlier what is remembered, and learns from what is written; not used on a card
     */
    public List<Continuation> generate(
            List<int[]> prompts, Sampling sampling, long[] seeds, boolean adapted, Optional<EarlierTexts> earlier) {
        return exclusively(() -> generated(prompts, sampling, seeds, adapted, earlier));
    }

    private List<Continuation> generated(
            List<int[]> prompts, Sampling sampling, long[] seeds, boolean adapted, Optional<EarlierTexts> earlier) {
        for (int i = 0; i < prompts.size(); i++) {
            check(prompts.get(i), sampling.maxTokens(), "prompt " + i);
        }
        Continuation[] written = new Continuation[prompts.size()];
        List<List<Integer>> session = new ArrayList<>();
        int size = 0;
        int most = decoder.fused().isPresent() ? SEQUENCES_AT_ONCE_FUSED : SEQUENCES_AT_ONCE;
        for (List<Integer> group : PackedBatch.equalPrompts(prompts)) {
            for (int from = 0; from < group.size(); from += most) {
                List<Integer> part = group.subList(from, Math.min(group.size(), from + most));
                if (size + part.size() > most) {
                    write(session, prompts, sampling, seeds, adapted, earlier, written);
                    session.clear();
                    size = 0;
                }
                session.add(part);
                size += part.size();
            }
        }
        if (!session.isEmpty()) {
            write(session, prompts, sampling, seeds, adapted, earlier, written);
        }
        return Arrays.asList(written);
    }

    private void write(
            List<List<Integer>> groups,
            List<int[]> prompts,
            Sampling sampling,
            long[] seeds,
            boolean adapted,
            Optional<EarlierTexts> earlier,
            Continuation[] written) {
        List<int[]> distinct =
                groups.stream().map(group -> prompts.get(group.get(0))).toList();
        int[] counts = groups.stream().mapToInt(List::size).toArray();
        int[] order = groups.stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .toArray();
        List<Draft> drafts = Arrays.stream(order)
                .mapToObj(i -> new Draft(this, sampling, seeds[i]))
                .toList();
        new Writing(decoder, kernels, sampling, earlier).run(distinct, counts, adapted, drafts);
        for (int i = 0; i < order.length; i++) {
            written[order[i]] = drafts.get(i).finished();
        }
    }

    /**
     * Runs something that computes with the decoder while nothing else does.
     *
     * @throws dev.wst.ClosedException if the model is closed
     * @throws dev.wst.InterruptedRunException if the thread is interrupted while it waits for its turn
     */
    public <T> T exclusively(Supplier<T> call) {
        return turns.take(call);
    }

    /** Has something freed with the model, before the kernels that it computes with. */
    public void freeWithIt(Runnable release) {
        freedWithIt.add(release);
    }

    /** Frees the model once the call under way has ended; does nothing a second time. */
    @Override
    public void close() {
        turns.close();
    }

    private void release() {
        freedWithIt.forEach(Runnable::run);
        decoder.close();
        text.close();
        kernels.close();
    }
}
