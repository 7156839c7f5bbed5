package dev.wst.rewards.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.wst.Attempt;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import java.util.List;
import java.util.Map;

/**
 * 1 if the text is a JSON value that satisfies a schema, 0 otherwise. The part {@code json} is 1 where it is JSON at all. Strict
 * JSON: no comments, no duplicate keys, nothing before or after; a value nested deeper than 200 is none.
 *
 * <p>Schemas are of draft 2020-12 unless they name another in {@code $schema}. Nothing is fetched: a {@code $ref} must point
 * within the schema. A {@code pattern} is searched as {@link RegexReward} does; a text for which that is given up does not satisfy it, and
 * the part {@code given_up} is 1.
 *
 * <pre>{@code
 * RewardFunction format = JsonSchemaReward.of("""
 *         {"type": "object", "required": ["answer"], "properties": {"answer": {"type": "integer"}}}""");
 * }</pre>
 */
public final class JsonSchemaReward implements RewardFunction {
    private static final int DEEPEST = 200;
    private static final ObjectMapper MAPPER = mapper();

    private final Schema schema;
    private final ScoredText side;

    private JsonSchemaReward(Schema schema, ScoredText side) {
        this.schema = schema;
        this.side = side;
    }

    /**
     * Holds texts to this schema.
     *
     * @throws IllegalArgumentException if it is not JSON, not a valid schema or refers to what it does not hold
     */
    public static JsonSchemaReward of(String schema) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .regularExpressionFactory(regex -> {
                                    BoundedPattern pattern = BoundedPattern.of(regex);
                                    return text -> pattern.test(text, java.util.regex.Matcher::find);
                                })
                                .build())
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)));
        try {
            JsonNode node = MAPPER.readTree(schema);
            requireValid(registry, node);
            Schema ready = registry.getSchema(node);
            ready.initializeValidators();
            return new JsonSchemaReward(ready, ScoredText.ANSWER);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the schema is not JSON: " + e.getOriginalMessage(), e);
        } catch (SchemaException e) {
            throw new IllegalArgumentException("not a usable JSON schema: " + e.getMessage(), e);
        }
    }

    /** The same on another text of the attempt. */
    public JsonSchemaReward on(ScoredText text) {
        return new JsonSchemaReward(schema, text);
    }

    @Override
    public Reward score(Attempt attempt) {
        JsonNode node;
        try {
            node = MAPPER.readTree(side.of(attempt));
        } catch (JsonProcessingException e) {
            return verdict(false, false, false);
        }
        if (node.isMissingNode()) {
            return verdict(false, false, false);
        }
        try {
            return verdict(true, schema.validate(node).isEmpty(), false);
        } catch (BoundedPattern.GivenUpException e) {
            return verdict(true, false, true);
        }
    }

    private static Reward verdict(boolean json, boolean valid, boolean givenUp) {
        return Reward.of(valid ? 1 : 0, Map.of("json", json ? 1.0 : 0.0, "given_up", givenUp ? 1.0 : 0.0));
    }

    /** Holds a schema to the schema of its own draft, since the validator takes an unknown type or keyword in silence. */
    private static void requireValid(SchemaRegistry registry, JsonNode node) {
        if (!node.isObject() && !node.isBoolean()) {
            throw new IllegalArgumentException("a JSON schema is an object, true or false, got " + node);
        }
        String dialect = node.path("$schema").asText(SpecificationVersion.DRAFT_2020_12.getDialectId());
        List<Error> errors = registry.getSchema(SchemaLocation.of(dialect)).validate(node);
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException("not a valid JSON schema: " + errors);
        }
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(com.fasterxml.jackson.core.StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .build());
        return mapper;
    }
}
