package dev.wst.engine.weights;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSortedSet;
import dev.wst.files.AtomicDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A low-rank adapter in the directory form of Python's peft: adapter_config.json and adapter_model.safetensors.
 *
 * @param rank r
 * @param alpha lora_alpha; the adapter is scaled by alpha / rank
 * @param targets names of the adapted modules, such as q_proj
 */
public record PeftAdapter(int rank, double alpha, Set<String> targets) {
    /** What peft puts before the model's own tensor names. */
    static final String PREFIX = "base_model.model.";

    static final String CONFIG = "adapter_config.json";
    static final String WEIGHTS = "adapter_model.safetensors";

    public PeftAdapter {
        targets = ImmutableSortedSet.copyOf(targets);
    }

    /** The name in an adapter's file of what the engine calls {@code model.layers.0...lora_A.weight}. */
    public static String tensorName(String parameter) {
        return PREFIX + parameter;
    }

    /** One tensor of an adapter. */
    public record Tensor(String parameter, int rows, int columns, float[] values) {}

    /**
     * Writes a directory that peft loads. It appears complete or not at all.
     *
     * @param base the model it belongs to, for the reader's information
     * @param companions texts to be written beside it, by the names of their files
     * @throws ModelFileException if the directory exists or cannot be written
     */
    public void write(Path directory, String base, Collection<Tensor> tensors, Map<String, String> companions) {
        AtomicDirectory.write(directory, temporary -> {
            Files.writeString(temporary.resolve(CONFIG), config(base) + "\n");
            SafetensorsWriter writer = new SafetensorsWriter();
            tensors.forEach(tensor ->
                    writer.add(tensorName(tensor.parameter), new int[] {tensor.rows, tensor.columns}, tensor.values));
            writer.write(temporary.resolve(WEIGHTS));
            for (Map.Entry<String, String> companion : companions.entrySet()) {
                Files.writeString(temporary.resolve(companion.getKey()), companion.getValue());
            }
        });
    }

    private String config(String base) {
        ObjectNode json = Json.object();
        json.put("peft_type", "LORA").put("task_type", "CAUSAL_LM").put("base_model_name_or_path", base);
        json.put("r", rank).put("lora_alpha", alpha).put("lora_dropout", 0.0);
        ArrayNode names = json.putArray("target_modules");
        targets.stream().sorted().forEach(names::add);
        json.put("bias", "none").put("fan_in_fan_out", false).put("init_lora_weights", true);
        json.put("inference_mode", true);
        for (String off : List.of("modules_to_save", "layers_to_transform")) {
            json.putNull(off);
        }
        return Json.write(json);
    }
}
