package dev.wst.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSortedMap;
import dev.wst.TrainingState;
import dev.wst.files.FileFormat;
import dev.wst.files.FileStart;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Where a run stood between two steps, beside what teacher and critic save themselves.
 *
 * @param state step, KL coefficient and counts; seeds and the order of tasks follow from the step
 * @param files what belongs to the steps until then of the run's files, by file name
 * @param time that the run had taken, over all its processes
 * @param validation mean reward of the validation after this step, where there was one
 */
public record Checkpoint(TrainingState state, Map<String, FileStart> files, Duration time, OptionalDouble validation) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final FileFormat FORMAT = new FileFormat(2);

    public Checkpoint {
        files = ImmutableSortedMap.copyOf(files);
    }

    JsonNode json() {
        ObjectNode json = MAPPER.createObjectNode()
                .put("format", FORMAT.number())
                .put("step", state.step())
                .put("kl_coefficient", state.klCoefficient())
                .put("tokens", state.tokens())
                .put("episodes", state.episodes())
                .put("milliseconds", time.toMillis());
        validation.ifPresent(mean -> json.put("validation", mean));
        ObjectNode starts = json.putObject("files");
        files.forEach((name, start) ->
                starts.putObject(name).put("bytes", start.bytes()).put("sha256", start.sha256()));
        return json;
    }

    /** @param origin for the message */
    static Checkpoint read(JsonNode json, Object origin) {
        FORMAT.require(json.path("format").asText("none"), origin);
        TrainingState state = new TrainingState(
                json.path("step").asInt(),
                json.path("kl_coefficient").asDouble(),
                json.path("tokens").asLong(),
                json.path("episodes").asLong());
        Map<String, FileStart> files = new LinkedHashMap<>();
        json.path("files")
                .forEachEntry((name, start) -> files.put(
                        name,
                        new FileStart(
                                start.path("bytes").asLong(),
                                start.path("sha256").asText())));
        return new Checkpoint(
                state,
                files,
                Duration.ofMillis(json.path("milliseconds").asLong()),
                json.has("validation")
                        ? OptionalDouble.of(json.path("validation").asDouble())
                        : OptionalDouble.empty());
    }
}
