package dev.wst.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A low-rank adapter as Python's peft saved it, whichever modules it picked and whatever ranks and factors they have. Which
 * modules are adapted is read off the tensors, not off {@code target_modules}: there it may be a word, a list of names or
 * paths, or a regular expression, with exceptions and a choice of layers beside it.
 *
 * <p>It is seen as an adapter of one rank and one factor on whole kinds of modules: a smaller rank is filled up with zeros, a
 * module that has none gets zeros, which stay zeros in training, and another factor goes into B.
 */
public final class PeftFile implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile(Pattern.quote(PeftAdapter.PREFIX)
            + "(model\\.layers\\.\\d+\\.(?:self_attn|mlp)\\.(\\w+))\\.lora_([AB])\\.weight");
    /** What changes the base model itself, so that the adapter fits another one. */
    private static final List<String> CHANGED_BASE = List.of("pissa", "olora", "corda", "loftq", "lora_ga");

    private final TensorSource tensors;
    /** Module to the factor that its product is multiplied by. */
    private final Map<String, Double> factors;

    private final int rank;
    private final double factor;
    private final Set<String> targets;
    private final boolean chooses;

    private PeftFile(Path config, JsonNode json, TensorSource tensors) {
        this.tensors = tensors;
        this.chooses = choosesModules(json);
        Map<String, Integer> ranks = ranks(json, config);
        factors = new TreeMap<>();
        targets = new TreeSet<>();
        JsonFields fields = new JsonFields(json, config.toString());
        double alpha = fields.positiveNumber("lora_alpha");
        ranks.forEach((module, r) -> {
            double own = matching(json.path("alpha_pattern"), module, config)
                    .map(JsonNode::asDouble)
                    .orElse(alpha);
            factors.put(module, json.path("use_rslora").asBoolean() ? own / Math.sqrt(r) : own / r);
            targets.add(module.substring(module.lastIndexOf('.') + 1));
        });
        rank = ranks.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        factor = factors.values().iterator().next();
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
        for (String name :
                List.of("use_dora", "fan_in_fan_out", "lora_bias", "use_qalora", "alora_invocation_tokens")) {
            refuse(json.path(name).asBoolean() || !json.path(name).isEmpty(), file, name);
        }
        refuse(!json.path("bias").asText("none").equals("none"), file, "a trained bias");
        for (String name :
                List.of("modules_to_save", "trainable_token_indices", "target_parameters", "layer_replication")) {
            refuse(!json.path(name).isEmpty(), file, name);
        }
        String initial = json.path("init_lora_weights").asText("");
        refuse(
                CHANGED_BASE.stream().anyMatch(initial::startsWith),
                file,
                "init_lora_weights \"" + initial + "\", which changes the base model");
    }

    /** Whether some modules of a kind may be adapted and others not; otherwise a missing one is damage, or another model's. */
    private static boolean choosesModules(JsonNode json) {
        JsonNode named = json.path("target_modules");
        boolean paths = false;
        for (JsonNode one : named) {
            paths |= one.asText().contains(".");
        }
        return paths
                || (named.isTextual() && !named.asText().equals("all-linear"))
                || isGiven(json.path("layers_to_transform"))
                || isGiven(json.path("exclude_modules"));
    }

    private static boolean isGiven(JsonNode node) {
        return node.isContainerNode() ? !node.isEmpty() : !node.asText("").isEmpty() && !node.isNull();
    }

    private static void refuse(boolean condition, Path file, String what) {
        if (condition) {
            throw new UnsupportedModelException(file + " asks for " + what + ", which is not computed here");
        }
    }

    /** Rank of each adapted module, held to the configuration. */
    private Map<String, Integer> ranks(JsonNode json, Path config) {
        int usual = new JsonFields(json, config.toString()).positive("r");
        Map<String, Integer> ranks = new LinkedHashMap<>();
        for (String name : new TreeSet<>(tensors.names())) {
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                throw new UnsupportedModelException(tensors.origin() + " holds the tensor " + name
                        + "; only adapters beside linear layers of the blocks (lora_A and lora_B of self_attn and mlp) are"
                        + " computed here");
            }
            String module = matcher.group(1);
            if (matcher.group(3).equals("A")) {
                int rows = tensors.shape(name)[0];
                int asked = matching(json.path("rank_pattern"), module, config)
                        .map(JsonNode::asInt)
                        .orElse(usual);
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

    /** The value under the first key that is the module's path, or the end of it, as a regular expression. */
    private static Optional<JsonNode> matching(JsonNode pattern, String module, Path config) {
        for (Map.Entry<String, JsonNode> entry : pattern.properties()) {
            try {
                if (Pattern.matches("(?:.*\\.)?(?:" + entry.getKey() + ")", module)) {
                    return Optional.of(entry.getValue());
                }
            } catch (PatternSyntaxException e) {
                throw new ModelFileException(
                        config + ": \"" + entry.getKey() + "\" is no regular expression: " + e.getDescription(), e);
            }
        }
        return Optional.empty();
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

    /** A product with one matrix missing is damage, not a module without an adapter. */
    private void requireMayBeAbsent(String name) {
        if (!chooses) {
            throw new ModelFileException(tensors.origin() + " has no tensor " + name
                    + ", though its configuration adapts all modules of that name; was it trained on another model?");
        }
        String other = name.contains("lora_A") ? name.replace("lora_A", "lora_B") : name.replace("lora_B", "lora_A");
        if (tensors.names().contains(other)) {
            throw new ModelFileException(tensors.origin() + " holds " + other + " but not " + name);
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
