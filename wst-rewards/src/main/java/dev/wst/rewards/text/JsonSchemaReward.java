package dev.wst.rewards.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.OutputFormat;
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
 * within the schema. A {@code pattern} is searched for as {@link RegexReward} does. A schema whose branches go over the same
 * part of a text again and again can double its work with each level of a text; validation is given up after 500,000 looks at
 * an object or an array of the text, several times what 100 kB of ordinary JSON take. Such a text does not satisfy the schema,
 * since otherwise a failure could be made unscored by writing one, and the part {@code given_up} is 1. With
 * {@code unevaluatedProperties} or {@code unevaluatedItems}, whose work grows with the square of that, it is 1,500 looks.
 *
 * <pre>{@code
 * RewardFunction format = JsonSchemaReward.of("""
 *         {"type": "object", "required": ["answer"], "properties": {"answer": {"type": "integer"}}}""");
 * }</pre>
 */
public final class JsonSchemaReward implements RewardFunction {
    private static final int DEEPEST = 200;
    private static final long MOST_LOOKS = 500_000;
    /** These compare each property with all that was seen before: their work grows with the square of the looks. */
    private static final List<String> LOOKING_BACK = List.of("unevaluatedProperties", "unevaluatedItems");

    private static final long MOST_LOOKS_BACK = 1_500;
    private static final ObjectMapper MAPPER = mapper();

    private final Schema schema;
    private final long mostLooks;
    private final ScoredText side;

    private JsonSchemaReward(Schema schema, long mostLooks, ScoredText side) {
        this.schema = schema;
        this.mostLooks = mostLooks;
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
                                    Pattern pattern = LinearPattern.of(regex);
                                    return text -> pattern.matcher(text).find();
                                })
                                .build())
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)));
        try {
            JsonNode node = MAPPER.readTree(schema);
            requireValid(registry, node);
            Schema ready = registry.getSchema(node);
            ready.initializeValidators();
            return new JsonSchemaReward(ready, mostLooks(node), ScoredText.ANSWER);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the schema is not JSON: " + e.getOriginalMessage(), e);
        } catch (SchemaException e) {
            throw new IllegalArgumentException("not a usable JSON schema: " + e.getMessage(), e);
        }
    }

    /** The same on another text of the attempt. */
    public JsonSchemaReward on(ScoredText text) {
        return new JsonSchemaReward(schema, mostLooks, text);
    }

    @Override
    public Reward score(Attempt attempt) {
        MeteredNodes nodes = new MeteredNodes(mostLooks);
        JsonNode node;
        try {
            node = MAPPER.reader().with(nodes).readTree(side.of(attempt));
        } catch (JsonProcessingException e) {
            return verdict(false, false, false);
        }
        if (node.isMissingNode()) {
            return verdict(false, false, false);
        }
        nodes.startCounting();
        try {
            return verdict(true, schema.validate(node, OutputFormat.BOOLEAN), false);
        } catch (MeteredNodes.SpentException e) {
            return verdict(true, false, true);
        }
    }

    private static long mostLooks(JsonNode schema) {
        return LOOKING_BACK.stream().anyMatch(keyword -> schema.findValue(keyword) != null)
                ? MOST_LOOKS_BACK
                : MOST_LOOKS;
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

    @Override
    public String toString() {
        return "JsonSchemaReward[" + schema.getSchemaNode() + " on " + side + "]";
    }
}
