package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A low-rank adapter as Python's peft saved it, whichever modules it picked and whatever ranks and factors they have. Its
 * tensors must be those of the {@link PeftModules modules} that its configuration adapts.
 *
 * <p>It is seen as an adapter of one rank and one factor on whole kinds of modules: a smaller rank is filled up with zeros, a
 * module that has none gets zeros, which stay zeros in training, and another factor goes into B.
 */
public final class PeftFile implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile(Pattern.quote(PeftAdapter.PREFIX)
            + "(model\\.layers\\.\\d{1,9}\\.(?:self_attn|mlp)\\.(\\w+))\\.lora_([AB])\\.weight");
    /** Fields of the configuration that are read here or have no part in what an adapter computes. Any other is refused. */
    private static final Set<String> UNDERSTOOD = Set.of(
            // read
            "peft_type",
            "r",
            "lora_alpha",
            "rank_pattern",
            "alpha_pattern",
            "use_rslora",
            "target_modules",
            "exclude_modules",
            "layers_to_transform",
            "layers_pattern",
            "bias",
            "init_lora_weights",
            // of training, or for the reader
            "lora_dropout",
            "task_type",
            "inference_mode",
            "base_model_name_or_path",
            "revision",
            "auto_mapping",
            "peft_version",
            "megatron_core",
            "runtime_config",
            "ensure_weight_tying",
            // sizes and settings of what must be switched on elsewhere
            "qalora_group_size",
            "eva_config",
            "corda_config",
            "loftq_config",
            "lora_ga_config");
    /** What changes the base model itself, so that the adapter fits another one. */
    private static final List<String> CHANGED_BASE = List.of("pissa", "olora", "corda", "loftq", "lora_ga");

    private final TensorSource tensors;
    /** Module to the factor that its product is multiplied by. */
    private final Map<String, Double> factors;

    private final int rank;
    private final double factor;
    private final Set<String> targets;
    private final PeftModules modules;

    private PeftFile(Path config, JsonNode json, TensorSource tensors) {
        this.tensors = tensors;
        this.modules = new PeftModules(config, json);
        Map<String, Integer> ranks = ranks(json, config);
        factors = new TreeMap<>();
        targets = new TreeSet<>();
        double alpha = new JsonFields(json, config.toString()).positiveNumber("lora_alpha");
        JsonFields alphas = ofSingleModules(json, "alpha_pattern", config);
        ranks.forEach((module, r) -> {
            double own = modules.ownKey(alphas.json(), module)
                    .map(alphas::positiveNumber)
                    .orElse(alpha);
            factors.put(module, json.path("use_rslora").asBoolean() ? own / Math.sqrt(r) : own / r);
            targets.add(module.substring(module.lastIndexOf('.') + 1));
        });
        rank = ranks.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        factor = factors.values().iterator().next();
        factors.forEach((module, own) -> {
            if (!isSound(own) || !isSound(own / factor)) {
                throw new ModelFileException(config + ": " + module + " would be adapted by the factor " + own
                        + ", and others by " + factor + "; computed as FP32, one of them is lost");
            }
        });
    }

    private static boolean isSound(double number) {
        float rounded = (float) number;
        return rounded > 0 && Float.isFinite(rounded);
    }

    /** What a field of the configuration gives some modules of their own. */
    private static JsonFields ofSingleModules(JsonNode json, String field, Path config) {
        JsonNode values = json.path(field);
        if (!values.isObject() && !values.isMissingNode() && !values.isNull()) {
            throw new ModelFileException(
                    config + ": " + field + " should be an object of modules and their values, but is " + values);
        }
        return new JsonFields(values, config + ": " + field);
    }

    /**
     * Opens an adapter's directory.
     *
     * @throws ModelFileException if a file is missing or damaged
     * @throws UnsupportedModelException if it is more than low-rank products beside linear layers of the blocks; the message
     *     names what
     */
    public static PeftFile open(Path directory) {
        Path config = directory.resolve(PeftAdapter.CONFIG);
        JsonNode json = Json.read(config);
        refuseUnsupported(config, json);
        TensorSource tensors = Safetensors.open(directory.resolve(PeftAdapter.WEIGHTS));
        try {
            return new PeftFile(config, json, tensors);
        } catch (RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    private static void refuseUnsupported(Path file, JsonNode json) {
        String type = json.path("peft_type").asText();
        refuse(!type.equals("LORA"), file, "peft_type \"" + type + "\"");
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            refuse(
                    !UNDERSTOOD.contains(field.getKey()) && isGiven(field.getValue()),
                    file,
                    field.getKey() + " = " + field.getValue());
        }
        refuse(!json.path("bias").asText("none").equals("none"), file, "a trained bias");
        String initial = json.path("init_lora_weights").asText("");
        refuse(
                CHANGED_BASE.stream().anyMatch(initial::startsWith),
                file,
                "init_lora_weights \"" + initial + "\", which changes the base model");
    }

    private static boolean isGiven(JsonNode node) {
        return node.isContainerNode()
                ? !node.isEmpty()
                : !node.isNull()
                        && !(node.isBoolean() && !node.asBoolean())
                        && !node.asText().isEmpty();
    }

    private static void refuse(boolean condition, Path file, String what) {
        if (condition) {
            throw new UnsupportedModelException(file + " asks for " + what + ", which is not computed here");
        }
    }

    /** Rank of each adapted module, held to the configuration. */
    private Map<String, Integer> ranks(JsonNode json, Path config) {
        int usual = new JsonFields(json, config.toString()).positive("r");
        JsonFields own = ofSingleModules(json, "rank_pattern", config);
        Map<String, Integer> ranks = new LinkedHashMap<>();
        for (String name : new TreeSet<>(tensors.names())) {
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                throw new UnsupportedModelException(tensors.origin() + " holds the tensor " + name
                        + "; only adapters beside linear layers of the blocks (lora_A and lora_B of self_attn and mlp) are"
                        + " computed here");
            }
            String module = matcher.group(1);
            if (!modules.adapts(module)) {
                throw new ModelFileException(tensors.origin() + " holds the tensor " + name
                        + ", but its configuration does not adapt " + module);
            }
            int[] shape = tensors.shape(name);
            if (shape.length != 2) {
                throw new ModelFileException(tensors.origin() + ": tensor " + name + " has the shape "
                        + Arrays.toString(shape) + "; a matrix is expected");
            }
            if (matcher.group(3).equals("A")) {
                int rows = shape[0];
                int asked =
                        modules.ownKey(own.json(), module).map(own::positive).orElse(usual);
                if (rows != asked) {
                    throw new ModelFileException(tensors.origin() + ": tensor " + name + " has rank " + rows
                            + ", but the configuration asks for " + asked);
                }
                ranks.put(module, rows);
            }
        }
        if (ranks.isEmpty()) {
            throw new ModelFileException(tensors.origin() + " holds no adapter");
        }
        return ranks;
    }

    /** Rank, alpha and targets as one adapter. */
    public PeftAdapter uniform() {
        return new PeftAdapter(rank, factor * rank, targets);
    }

    /**
     * One matrix of the uniform adapter.
     *
     * @param parameter the engine's name of it, such as {@code model.layers.0.self_attn.q_proj.lora_A.weight}
     * @throws ModelFileException if the file holds one of another size
     */
    public float[] read(String parameter, int rows, int columns) {
        String name = PeftAdapter.tensorName(parameter);
        float[] uniform = new float[rows * columns];
        if (!tensors.names().contains(name)) {
            requireMayBeAbsent(name);
            return uniform;
        }
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a matrix of an adapter: " + parameter);
        }
        boolean isA = matcher.group(3).equals("A");
        int own = tensors.shape(PeftAdapter.PREFIX + matcher.group(1) + ".lora_A.weight")[0];
        float[] values = isA ? tensors.read(name, own, columns) : tensors.read(name, rows, own);
        float scale = isA ? 1 : (float) (factors.getOrDefault(matcher.group(1), factor) / factor);
        for (int i = 0; i < values.length; i++) {
            int row = isA ? i / columns : i / own;
            int column = isA ? i % columns : i % own;
            uniform[row * columns + column] = values[i] * scale;
        }
        return uniform;
    }

    private void requireMayBeAbsent(String name) {
        Matcher matcher = NAME.matcher(name);
        if (matcher.matches() && modules.adapts(matcher.group(1))) {
            throw new ModelFileException(tensors.origin() + " has no tensor " + name
                    + ", though its configuration adapts that module; is the file damaged, or of another model?");
        }
    }

    /** Names of the file's tensors that are none of these parameters. */
    public Set<String> left(Set<String> parameters) {
        Set<String> left = new TreeSet<>(tensors.names());
        parameters.forEach(parameter -> left.remove(PeftAdapter.tensorName(parameter)));
        return left;
    }

    /** The file, for messages. */
    public String origin() {
        return tensors.origin();
    }

    @Override
    public void close() {
        tensors.close();
    }
}
