package dev.wst.rewards.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a verdict looks like: one word out of few. There is one way to say it by schema, the whole reply being an object of
 * a reason and the word, and one without, a last line that also holds the word of the fence, which no judged text knows.
 * Everything else is no verdict. The dress that models put on both does not count: a fence around the object, and emphasis, a
 * full stop or the highest score ("7/10") on the line.
 *
 * @param field name of the word in the schema
 * @param values what each word is worth
 * @param element the word in the schema: an integer or one of a set
 */
record VerdictForm(String field, Map<String, Double> values, JsonSchemaElement element) {
    private static final String REASON = "reason";
    private static final Pattern EMPHASIS = Pattern.compile("[*_`]");
    private static final Pattern FENCED =
            Pattern.compile("\\s*```(?:json)?[ \\t]*\\R(.*)```\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A whole number between two, both included; worth itself. */
    static VerdictForm score(int lowest, int highest) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int score = lowest; score <= highest; score++) {
            values.put(Integer.toString(score), (double) score);
        }
        return new VerdictForm(
                "score",
                values,
                JsonIntegerSchema.builder()
                        .description("a whole number from " + lowest + " to " + highest)
                        .build());
    }

    /** A, B or tie; worth 1, 0 and 0.5. */
    static VerdictForm winner() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("A", 1.0);
        values.put("B", 0.0);
        values.put("tie", 0.5);
        return new VerdictForm(
                "winner",
                values,
                JsonEnumSchema.builder()
                        .enumValues(List.copyOf(values.keySet()))
                        .build());
    }

    JsonSchema schema() {
        return JsonSchema.builder()
                .name("verdict")
                .rootElement(JsonObjectSchema.builder()
                        .addStringProperty(REASON, "at most three sentences")
                        .addProperty(field, element)
                        .required(REASON, field)
                        .additionalProperties(false)
                        .build())
                .build();
    }

    String schemaRequest() {
        return "Reply with a JSON object of two fields: \"" + REASON
                + "\", your reason in at most three sentences, and then \"" + field + "\", " + choices() + ".";
    }

    String lineRequest(Fence fence) {
        return "Give your reason in at most three sentences. Then end with one line of exactly this form, in which WORD is "
                + choices() + ":\n" + lineStart(fence) + "WORD";
    }

    /** Reads a reply that was asked for by schema. */
    Ruling readSchema(String reply) {
        JsonNode json;
        try {
            Matcher fenced = FENCED.matcher(reply);
            json = STRICT.readTree(fenced.matches() ? fenced.group(1) : reply);
        } catch (JsonProcessingException e) {
            return Ruling.none("the judge's reply is no JSON object: " + head(reply));
        }
        JsonNode word = json.path(field);
        boolean typed = element instanceof JsonIntegerSchema ? word.isIntegralNumber() : word.isTextual();
        if (!json.isObject() || json.size() != 2 || !json.path(REASON).isTextual() || !typed) {
            return Ruling.none("the judge's reply does not fit the schema: " + head(reply));
        }
        return worth(word.asText(), reply);
    }

    /** Reads a reply that was asked for without schema. */
    Ruling readLine(String reply, Fence fence) {
        List<String> lines = reply.lines()
                .map(VerdictForm::bare)
                .filter(line -> !line.isEmpty())
                .toList();
        long verdicts =
                lines.stream().filter(line -> line.contains(lineStart(fence))).count();
        if (verdicts != 1 || !lines.get(lines.size() - 1).startsWith(lineStart(fence))) {
            return Ruling.none("the judge's reply has " + verdicts + " lines with a verdict"
                    + (verdicts == 1 ? ", but not as its last" : "") + ": " + head(reply));
        }
        return worth(word(lines.get(lines.size() - 1).substring(lineStart(fence).length())), reply);
    }

    private static String bare(String line) {
        return EMPHASIS.matcher(line).replaceAll("").strip();
    }

    /** What is said, without a full stop and without the highest score that it is out of. */
    private String word(String said) {
        String word = said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
        if (!(element instanceof JsonIntegerSchema)) {
            return word;
        }
        String highest =
                values.keySet().stream().reduce((first, second) -> second).orElseThrow();
        return word.replaceFirst("\\s?/\\s?" + highest + "$", "");
    }

    private Ruling worth(String word, String reply) {
        Double value = values.get(word);
        return value == null
                ? Ruling.none("the judge's verdict is not " + choices() + ": " + head(reply))
                : Ruling.of(value);
    }

    private String choices() {
        return element instanceof JsonIntegerSchema schema
                ? schema.description()
                : "one of " + String.join(", ", values.keySet());
    }

    private static String lineStart(Fence fence) {
        return "VERDICT " + fence.word() + ": ";
    }

    private static String head(String reply) {
        String line = reply.strip().replaceAll("\\s+", " ");
        return line.length() <= 80 ? line : line.substring(0, 80) + "...";
    }
}
