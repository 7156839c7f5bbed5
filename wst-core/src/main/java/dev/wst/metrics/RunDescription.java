package dev.wst.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.files.FileFormat;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of run.json, written when a run begins: what decides its outcome, and what it is computed with.
 *
 * @param configuration what must be equal for a run to be resumed, by name
 * @param versions of Java, of this library and of those that it computes with
 */
public record RunDescription(Map<String, String> configuration, Map<String, String> versions) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final FileFormat FORMAT = new FileFormat(1);

    public RunDescription {
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /** Whether the run's files hold lengths and hashes in place of texts. */
    public boolean isRedacted() {
        return "redacted".equals(configuration.get("texts"));
    }

    JsonNode json() {
        return MAPPER.createObjectNode()
                .put("format", FORMAT.number())
                .<ObjectNode>set("configuration", MAPPER.valueToTree(configuration))
                .set("versions", MAPPER.valueToTree(versions));
    }

    static RunDescription read(RecordedObject json) {
        FORMAT.require(json.format(), json.place());
        return of(json);
    }

    /** Of an object that has its fields. */
    static RunDescription of(RecordedObject json) {
        return new RunDescription(json.texts("configuration"), json.texts("versions"));
    }
}
