package dev.wst.teacher;

import dev.wst.ClosedException;
import dev.wst.Instruction;
import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.engine.model.Continuation;
import dev.wst.engine.model.EarlierTexts;
import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.model.PromptTooLongException;
import dev.wst.engine.nn.AdapterSet;
import dev.wst.engine.nn.NamedMatrix;
import dev.wst.engine.weights.ModelFingerprint;
import dev.wst.engine.weights.PeftFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A base model that writes instructions with any of several adapters and learns nothing: no gradients, no optimiser, no second
 * copy of a weight. {@code dev.wst.serving} stands on it; an app uses {@code ServedTeacher}, which many threads may ask.
 *
 * <pre>{@code
 * try (FrozenTeacher base = FrozenTeacher.open(Path.of("SmolLM2-135M-Instruct.gguf"), Optional.empty());
 *         FrozenTeacher.Adapter adapter = base.adapter(Path.of("runs/gsm8k/adapter"), Optional.empty())) {
 *     List<Optional<Instruction>> texts =
 *             base.write(adapter, List.of("What is 6 times 7?"), Sampling.greedy(32), new Seed(17));
 * }
 * }</pre>
 *
 * <p>Calls from several threads take turns; closing waits for the call under way, and a call after that is a
 * {@link dev.wst.ClosedException}.
 */
public final class FrozenTeacher implements AutoCloseable {
    /** No tokenizer makes fewer tokens of a question this many times as long; it need not be tried. */
    private static final int MOST_CHARACTERS_OF_A_TOKEN = 128;

    private final LanguageModel model;
    private final String baseWeights;
    /** Freed with the model where nobody did so before. */
    private final Set<Adapter> open = ConcurrentHashMap.newKeySet();

    private FrozenTeacher(LanguageModel model) {
        this.model = model;
        this.baseWeights = ModelFingerprint.ofWeights(model.origin());
        model.freeWithIt(() -> open.forEach(Adapter::free));
    }

    /**
     * Loads a base model.
     *
     * @param base a GGUF file or a Hugging Face directory
     * @param precision what its weights are kept and multiplied in; the faster of BF16 and FP32 here if empty
     * @throws dev.wst.InvalidInputException if a file is missing or damaged
     */
    public static FrozenTeacher open(Path base, Optional<Precision> precision) {
        LanguageModel model = LanguageModel.open(base, KernelChoice.best(precision));
        try {
            return new FrozenTeacher(model);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Loads an adapter beside those that are loaded already.
     *
     * @param directory written by {@link TransformerTeacher#save}, by a run, or by Python's peft
     * @param prompt what the teacher is shown; unless given, what the adapter's was, or {@link TeacherPrompt#defaults()}
     * @throws dev.wst.InvalidInputException if a file is missing or damaged, or the adapter belongs to another base model
     */
    public Adapter adapter(Path directory, Optional<TeacherPrompt> prompt) {
        try (PeftFile file = PeftFile.open(directory)) {
            Optional<TeacherFile> saved = TeacherFile.in(directory);
            saved.ifPresent(about -> about.requireBase(directory, model.origin(), baseWeights));
            String version = ModelFingerprint.of(directory);
            AdapterSet set = model.exclusively(() -> model.decoder().adapters(SavedAdapter.config(file)));
            Adapter adapter = new Adapter(
                    prompt.or(() -> saved.map(TeacherFile::prompt)).orElseGet(TeacherPrompt::defaults),
                    version,
                    Optional.of(set));
            try {
                List<NamedMatrix> matrices = set.matrices();
                // Read while others compute.
                List<float[]> values = SavedAdapter.read(file, matrices);
                return model.exclusively(() -> {
                    SavedAdapter.write(values, matrices);
                    return adapter;
                });
            } catch (RuntimeException e) {
                adapter.close();
                throw e;
            }
        }
    }

    /** The base model alone, as where a teacher was trained whole or its adapter was merged. */
    public Adapter withoutAdapter(TeacherPrompt prompt) {
        return new Adapter(prompt, baseWeights, Optional.empty());
    }

    /**
     * Writes one instruction for each question. It depends on the question, the adapter, the sampling and the seed, not on the
     * others, nor on what was written before, but for rounding: where two tokens are nearly as likely, either may come. On a CPU, what all
     * prompts of the adapter begin with is read once, and what resembles its earlier instructions is written several tokens at a time.
     *
     * @return in order; empty for a question that leaves the context no room for an instruction
     * @throws dev.wst.InterruptedRunException if the thread is interrupted
     */
    public List<Optional<Instruction>> write(Adapter adapter, List<String> questions, Sampling sampling, Seed seed) {
        return model.exclusively(() -> written(adapter, questions, sampling, seed));
    }

    private List<Optional<Instruction>> written(Adapter adapter, List<String> questions, Sampling sampling, Seed seed) {
        List<int[]> prompts = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Optional<int[]> prompt = prompt(adapter, questions.get(i), sampling.maxTokens());
            if (prompt.isPresent()) {
                prompts.add(prompt.get());
                places.add(i);
            }
        }
        long[] seeds = places.stream()
                .mapToLong(i -> seed.derive(questions.get(i)).value())
                .toArray();
        model.decoder().use(adapter.set);
        List<Continuation> written =
                model.generate(prompts, sampling, seeds, adapter.set.isPresent(), Optional.of(adapter.earlier));
        List<Optional<Instruction>> all = new ArrayList<>(Collections.nCopies(questions.size(), Optional.empty()));
        for (int i = 0; i < written.size(); i++) {
            all.set(places.get(i), Optional.of(TransformerTeacher.instruction(written.get(i))));
        }
        return all;
    }

    private Optional<int[]> prompt(Adapter adapter, String question, int maxTokens) {
        if ((long) question.length()
                > (long) MOST_CHARACTERS_OF_A_TOKEN * model.config().contextLength()) {
            return Optional.empty();
        }
        int[] prompt = model.prompt(adapter.prompt.messages(Situation.of(Task.of("asked", question), 0)));
        try {
            model.check(prompt, maxTokens, "the question");
            return Optional.of(prompt);
        } catch (PromptTooLongException e) {
            return Optional.empty();
        }
    }

    /** Bytes that the engine holds now, by what they are for. */
    Map<String, Long> memory() {
        return model.exclusively(() -> {
            Map<String, Long> bytes = new LinkedHashMap<>(model.decoder().memory());
            bytes.put("adapters", open.stream().mapToLong(Adapter::bytes).sum());
            bytes.put(
                    "beginnings",
                    open.stream().mapToLong(adapter -> adapter.earlier.bytes()).sum());
            return bytes;
        });
    }

    /** Frees the model and its adapters once the call under way has ended; does nothing a second time. */
    @Override
    public void close() {
        model.close();
    }

    /** What a base model writes with: an adapter in memory, and what the teacher is shown. */
    public final class Adapter implements AutoCloseable {
        private final TeacherPrompt prompt;
        private final String version;
        private final Optional<AdapterSet> set;
        private final EarlierTexts earlier = new EarlierTexts();

        private Adapter(TeacherPrompt prompt, String version, Optional<AdapterSet> set) {
            this.prompt = prompt;
            this.version = version;
            this.set = set;
            open.add(this);
        }

        /** Tells adapters apart by what is in their files, wherever they lie: 16 hexadecimal digits. */
        public String version() {
            return version;
        }

        /** Frees it once the call under way has ended; does nothing a second time, nor after the model was closed. */
        @Override
        public void close() {
            if (open.contains(this)) {
                try {
                    model.exclusively(() -> {
                        model.decoder().use(Optional.empty());
                        free();
                        return true;
                    });
                } catch (ClosedException e) {
                    // Freed with the model.
                }
            }
        }

        private long bytes() {
            return set.map(AdapterSet::bytes).orElse(0L);
        }

        private void free() {
            if (open.remove(this)) {
                set.ifPresent(AdapterSet::close);
                earlier.close();
            }
        }
    }
}
