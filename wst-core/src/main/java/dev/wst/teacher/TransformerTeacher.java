package dev.wst.teacher;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.Objective;
import dev.wst.OptimizerStep;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.TeacherPolicy.Reading;
import dev.wst.TokenScores;
import dev.wst.TokenSlopes;
import dev.wst.UnavailableException;
import dev.wst.UpdateStats;
import dev.wst.engine.model.Continuation;
import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.nn.AdamW;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.nn.SequenceLoss;
import dev.wst.engine.weights.GgufFormat;
import dev.wst.engine.weights.ModelFingerprint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A teacher made of a decoder-only transformer of the Llama or Qwen2 family.
 *
 * <pre>{@code
 * try (TransformerTeacher teacher = TransformerTeacher.load(Path.of("SmolLM2-135M-Instruct.gguf"))) {
 *     Situation situation = Situation.of(Task.of("1", "What is 6 times 7?"), 0);
 *     Advice advice = teacher.write(List.of(situation), Sampling.greedy(32), new Seed(17)).get(0);
 * }
 * }</pre>
 *
 * <p>Several threads may use one teacher: calls take turns, closing waits for the call under way, and a call after that is a
 * {@link dev.wst.ClosedException}. One run at a time trains it.
 *
 * <p>By default low-rank adapters beside frozen weights are trained, and the reference policy is the model without them.
 */
public final class TransformerTeacher implements TeacherPolicy {
    /** What the matrices of a GGUF file are stored in. */
    public enum GgufType {
        /** 4 bytes a number: nothing is lost. */
        F32(GgufFormat.F32),
        /** 2 bytes a number of 11 significant bits, up to 65504. */
        F16(GgufFormat.F16),
        /** 34 bytes for 32 numbers, each off by at most a 254th of the largest; rows that 32 does not divide are F16. */
        Q8_0(GgufFormat.Q8_0);

        private final GgufFormat format;

        GgufType(GgufFormat format) {
            this.format = format;
        }
    }

    private final LanguageModel model;
    private final Decoder decoder;
    private final TeacherPrompt prompt;
    private final TeacherFile about;
    private final Weights weights;
    private final AdamW optimizer;
    private final FiniteUpdate finite;
    private final MeanWeights mean;
    private final ParameterState state;
    private final MicroBatches microBatches;
    private final @Nullable Decoder reference;
    private final AtomicBoolean inTraining = new AtomicBoolean();
    /** Rendering a prompt costs as much as several decoded tokens, and a step asks for each eight times: kept while it lasts. */
    private final Cache<Situation, int[]> prompts;

    TransformerTeacher(LanguageModel model, TeacherFile about, Weights weights, OptionalLong activationBytes) {
        this.model = model;
        this.about = about;
        this.decoder = model.decoder();
        this.prompt = about.prompt();
        this.prompts = CacheBuilder.newBuilder().weakKeys().build();
        this.weights = weights;
        this.reference = weights.reference(decoder);
        if (reference != null) {
            model.freeWithIt(reference::close);
        }
        weights.prepare(decoder);
        this.optimizer = new AdamW(model.kernels(), decoder.parameters());
        this.finite = new FiniteUpdate(optimizer);
        this.mean = new MeanWeights(decoder.parameters());
        // Of a model that is trained whole it would be twelve bytes for each of its numbers.
        boolean copied = weights.leaveTheModelFrozen() && decoder.fused().isPresent();
        this.state = new ParameterState(decoder.parameters(), optimizer, mean, copied);
        long usual = decoder.fused()
                .map(card -> card.memory() / MicroBatches.SHARE_OF_A_CARD)
                .orElse(MicroBatches.MOST_BYTES);
        this.microBatches = new MicroBatches(decoder.config(), decoder.activationSizes(), activationBytes, usual);
    }

    /**
     * Loads a model with fresh adapters of rank 16 and alpha 32 on all linear layers.
     *
     * @param model a GGUF file or a Hugging Face directory
     */
    public static TransformerTeacher load(Path model) {
        return builder(model).build();
    }

    /** Says more about what is trained and what the teacher is shown. */
    public static TransformerTeacherBuilder builder(Path model) {
        return new TransformerTeacherBuilder(model);
    }

    @Override
    public void check(Task task, Sampling sampling) {
        int[] tokens = tokens(Situation.of(task, 0));
        model.check(tokens, sampling.maxTokens(), "the teacher's prompt for task " + task.id());
        microBatches.check(tokens.length, sampling.maxTokens(), "task " + task.id());
    }

    @Override
    public int promptTokens(Situation situation) {
        return tokens(situation).length;
    }

    @Override
    public List<Advice> write(List<Situation> situations, Sampling sampling, Seed seed) {
        return model.exclusively(() -> written(situations, sampling, seed));
    }

    private List<Advice> written(List<Situation> situations, Sampling sampling, Seed seed) {
        state.copy();
        List<int[]> prompts = situations.stream().map(this::tokens).toList();
        long[] seeds = situations.stream()
                .mapToLong(situation -> seed.derive(situation.task().id())
                        .derive(situation.earlier().size())
                        .derive(situation.sample())
                        .value())
                .toArray();
        List<Continuation> written = model.generate(prompts, sampling, seeds, true);
        List<Advice> advice = new ArrayList<>();
        for (int i = 0; i < situations.size(); i++) {
            advice.add(new Advice(situations.get(i), instruction(written.get(i))));
        }
        return advice;
    }

    static Instruction instruction(Continuation written) {
        return Instruction.sampled(
                written.text().strip(),
                written.tokens(),
                written.logProbabilities(),
                written.ended() ? Instruction.Ending.STOP : Instruction.Ending.LENGTH);
    }

    @Override
    public List<Advice> inOwnTokens(List<Advice> others, Sampling sampling) {
        return model.exclusively(() -> new GivenTexts(model, sampling)
                .scored(others, batch -> readings(decoder, true, batch, sampling.temperature())));
    }

    private int[] tokens(Situation situation) {
        int[] known = prompts.getIfPresent(situation);
        if (known != null) {
            return known;
        }
        int[] tokens = model.prompt(prompt.messages(situation));
        prompts.put(situation, tokens);
        return tokens;
    }

    @Override
    public List<Reading> read(List<Advice> batch, double temperature) {
        return read(decoder, true, batch, temperature);
    }

    @Override
    public List<TokenScores> scoreReference(List<Advice> batch, double temperature) {
        return read(reference == null ? decoder : reference, false, batch, temperature).stream()
                .map(Reading::scores)
                .toList();
    }

    private List<Reading> read(Decoder reader, boolean adapted, List<Advice> batch, double temperature) {
        return model.exclusively(() -> readings(reader, adapted, batch, temperature));
    }

    private List<Reading> readings(Decoder reader, boolean adapted, List<Advice> batch, double temperature) {
        Reading[] readings = new Reading[batch.size()];
        for (MicroBatches.Part part : microBatches.of(items(batch)).parts()) {
            reader.read(
                    part.packed(),
                    (float) temperature,
                    adapted,
                    (sequence, logProbabilities, entropies, states) -> readings[part.indices()[sequence]] =
                            new Reading(TokenScores.of(logProbabilities, entropies), states));
        }
        return Arrays.asList(readings);
    }

    private List<MicroBatches.Item> items(List<Advice> batch) {
        return batch.stream()
                .map(advice -> {
                    if (advice.instruction().tokenCount() == 0) {
                        throw new IllegalArgumentException("the instruction for task "
                                + advice.task().id() + " has no tokens; only instructions that a policy sampled can be"
                                + " scored");
                    }
                    return new MicroBatches.Item(
                            tokens(advice.situation()), advice.instruction().tokens());
                })
                .toList();
    }

    @Override
    public Map<String, String> description() {
        Map<String, String> description = new LinkedHashMap<>();
        description.put("model", model.origin().toString());
        description.put("trained", weights.toString());
        description.put("prompt", prompt.toString());
        description.put("kernels", model.kernels().description());
        return description;
    }

    @Override
    public Map<String, String> identity() {
        return Map.of(
                "weights",
                ModelFingerprint.of(model.origin()),
                "trained",
                weights.toString(),
                "prompt",
                prompt.toString());
    }

    /**
     * Bytes that the engine holds now, by what they are for. Outside them are the Java heap, native libraries and the code that
     * they generate.
     */
    public Map<String, Long> memory() {
        return model.exclusively(() -> {
            Map<String, Long> bytes = new LinkedHashMap<>(decoder.memory());
            if (reference != null) {
                bytes.put(
                        "reference",
                        reference.memory().values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
            }
            return bytes;
        });
    }

    @Override
    public int width() {
        return decoder.config().width();
    }

    @Override
    public UpdateStats update(List<Advice> batch, Objective objective, double temperature, OptimizerStep step) {
        return model.exclusively(() -> updated(batch, objective, temperature, step));
    }

    private UpdateStats updated(List<Advice> batch, Objective objective, double temperature, OptimizerStep step) {
        optimizer.zeroGradients();
        TokenScores[] seen = new TokenScores[batch.size()];
        double loss = 0;
        double[] shares = new double[batch.size()];
        MicroBatches.Plan plan = microBatches.of(items(batch));
        for (MicroBatches.Part part : plan.parts()) {
            decoder.follow(part.packed(), (float) temperature, plan.kept(), (sequence, logProbabilities, entropies) -> {
                int index = part.indices()[sequence];
                seen[index] = TokenScores.of(logProbabilities, entropies);
                TokenSlopes slopes = objective.at(index, seen[index]);
                shares[index] = finite.loss(slopes, seen[index], batch.get(index));
                return slopes(slopes, logProbabilities.length);
            });
        }
        for (double share : shares) {
            loss += share;
        }
        double norm = optimizer.gradientNorm();
        finite.requireGradient(norm, batch);
        double scale = norm > step.maxGradientNorm() ? step.maxGradientNorm() / norm : 1;
        optimizer.step(step.learningRate(), step.beta1(), step.beta2(), step.epsilon(), step.weightDecay(), scale);
        decoder.refresh();
        state.changed();
        return new UpdateStats(loss, norm, Arrays.asList(seen));
    }

    private static SequenceLoss.Slopes slopes(TokenSlopes slopes, int tokens) {
        return new SequenceLoss.Slopes(orZeros(slopes.logProbability(), tokens), orZeros(slopes.entropy(), tokens));
    }

    private static double[] orZeros(double[] slopes, int tokens) {
        return slopes.length == 0 ? new double[tokens] : slopes;
    }

    /**
     * Writes the model with what was learned added to its weights: a Hugging Face directory (config.json, tokenizer,
     * model.safetensors in FP32) that loads without an adapter, here and elsewhere. Of a model that came as a GGUF file,
     * configuration and tokenizer are rebuilt from its metadata.
     *
     * @param directory must not exist; it appears complete or not at all
     * @throws dev.wst.InvalidInputException if the directory exists or cannot be written
     * @throws dev.wst.InvalidInputException if a GGUF file says what a config.json cannot
     */
    public void saveMerged(Path directory) {
        exclusively(() -> MergedModel.write(model, directory));
    }

    /**
     * Writes the model with what was learned added to its weights as one GGUF file, for llama.cpp and what is built on it.
     * Configuration, tokenizer and chat template are those of the GGUF file that the model came as, or are made from its Hugging
     * Face directory. Whatever ended its texts, those from a GGUF file also end at the added tokens that llama.cpp knows by name; see
     * {@link dev.wst.Sampling}.
     *
     * <pre>{@code
     * teacher.saveGguf(Path.of("teacher.gguf"), TransformerTeacher.GgufType.Q8_0);
     * }</pre>
     *
     * @param file must not exist; it appears complete or not at all
     * @param type what the matrices are rounded to; vectors stay FP32
     * @throws dev.wst.InvalidInputException if the file exists, a tokenizer or a rotary scaling is one that GGUF files cannot say,
     *     or a number is too large for the type
     * @throws dev.wst.EnvironmentException if it cannot be written
     */
    public void saveGguf(Path file, GgufType type) {
        exclusively(() -> MergedGguf.write(model, file, type.format));
    }

    @Override
    public void save(Path directory) {
        exclusively(() -> weights.save(model, directory, state.numbers(), about));
    }

    @Override
    public int updates() {
        return model.exclusively(optimizer::time);
    }

    @Override
    public void saveState(Path directory) {
        exclusively(() -> state.save(directory));
    }

    @Override
    public void restoreState(Path directory) {
        exclusively(() -> {
            state.restore(directory);
            decoder.refresh();
        });
    }

    @Override
    public boolean keepsMean() {
        return true;
    }

    @Override
    public void includeInMean(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of a mean must be above 0 and at most 1, got " + share);
        }
        exclusively(() -> mean.include(share));
    }

    /** {@inheritDoc} Whoever else uses it meanwhile has the mean too. */
    @Override
    public <T> T withMean(Supplier<T> work) {
        Map<String, float[]> weights = model.exclusively(this::replaceWeights);
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            try {
                exclusively(() -> putBack(weights));
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        exclusively(() -> putBack(weights));
        return result;
    }

    private Map<String, float[]> replaceWeights() {
        state.copy();
        Map<String, float[]> weights = mean.replaceWeights();
        decoder.refresh();
        return weights;
    }

    private void putBack(Map<String, float[]> weights) {
        mean.putBack(weights);
        decoder.refresh();
    }

    @Override
    public void adoptMean() {
        exclusively(() -> {
            mean.adopt();
            decoder.refresh();
            state.changed();
        });
    }

    private void exclusively(Runnable call) {
        Boolean unused = model.exclusively(() -> {
            call.run();
            return true;
        });
    }

    @Override
    public void beginTraining() {
        if (inTraining.getAndSet(true)) {
            throw new UnavailableException("the teacher of " + model.origin()
                    + " is being trained by another run; wait for its end, or give each run one of its own");
        }
    }

    @Override
    public void endTraining() {
        inTraining.set(false);
    }

    /** Frees the model once the call under way has ended; does nothing a second time. */
    @Override
    public void close() {
        model.close();
    }
}
