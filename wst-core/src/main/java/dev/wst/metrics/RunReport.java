package dev.wst.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Ending;
import dev.wst.Transfer;
import dev.wst.Validation;
import dev.wst.budget.Cost;
import dev.wst.files.FileFormat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The content of report.json, written when a run ends: what was asked for, with what versions, and what came out.
 *
 * @param description what the run was begun with
 * @param settings what may differ when it is resumed, such as limits of calls
 * @param steps finished
 * @param ending why it ended
 * @param error what failed, where something did
 * @param validations without their rollouts
 * @param lastStep metrics of the last finished step; empty without one
 * @param bill what it cost; empty where nobody counted
 * @param transfer what training did for each student that the teacher was not trained with
 */
public record RunReport(
        RunDescription description,
        Map<String, String> settings,
        int steps,
        Ending ending,
        Optional<Failure> error,
        List<Mean> validations,
        Map<String, Double> lastStep,
        Optional<Bill> bill,
        List<Transfer> transfer) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final FileFormat FORMAT = new FileFormat(1);

    public RunReport {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        validations = List.copyOf(validations);
        transfer = List.copyOf(transfer);
    }

    /**
     * What failed.
     *
     * @param type of the exception
     * @param during what was under way
     */
    public record Failure(String type, String message, String during) {
        /** Of an exception. */
        public static Failure of(Throwable e, String during) {
            return new Failure(e.getClass().getName(), String.valueOf(e.getMessage()), during);
        }
    }

    /**
     * What the calls of a run cost, all its parts together where it was resumed.
     *
     * @param currency of its money; empty where calls had no prices
     */
    public record Bill(Cost cost, Optional<String> currency) {
        ObjectNode json() {
            ObjectNode json = MAPPER.createObjectNode()
                    .put("calls", cost.calls())
                    .put("input_tokens", cost.inputTokens())
                    .put("output_tokens", cost.outputTokens())
                    .put("uncounted", cost.uncounted());
            currency.ifPresent(
                    name -> json.put("money", cost.money().toPlainString()).put("currency", name));
            return json;
        }

        static Bill read(JsonNode json) {
            return new Bill(
                    new Cost(
                            json.path("calls").asLong(),
                            json.path("input_tokens").asLong(),
                            json.path("output_tokens").asLong(),
                            new BigDecimal(json.path("money").asText("0")),
                            json.path("uncounted").asLong()),
                    json.has("currency") ? Optional.of(json.path("currency").asText()) : Optional.empty());
        }
    }

    /**
     * A validation without its rollouts.
     *
     * @param step after which it was made
     * @param meanReward over the tasks that have one with the students of training; empty if none has
     * @param questions that the students of training were asked
     * @param unscored of them
     * @param students mean rewards by student, of those that have names and a mean
     */
    public record Mean(int step, OptionalDouble meanReward, int questions, int unscored, Map<String, Double> students) {
        public Mean {
            students = Collections.unmodifiableMap(new LinkedHashMap<>(students));
        }

        /** Of a validation. */
        public static Mean of(Validation validation) {
            Map<String, Double> students = new LinkedHashMap<>();
            for (String name : validation.students()) {
                validation.meanReward(name).ifPresent(mean -> students.put(name, mean));
            }
            return new Mean(
                    validation.step(),
                    validation.meanReward(),
                    validation.rollouts().size(),
                    validation.unscored(),
                    students);
        }
    }

    ObjectNode json() {
        ObjectNode json = MAPPER.createObjectNode().put("format", FORMAT.number());
        json.set("configuration", MAPPER.valueToTree(description.configuration()));
        json.set("settings", MAPPER.valueToTree(new TreeMap<>(settings)));
        json.set("versions", MAPPER.valueToTree(description.versions()));
        json.put("steps", steps).put("ending", ending.name().toLowerCase(Locale.ROOT));
        error.ifPresent(e -> json.putObject("error")
                .put("type", e.type())
                .put("message", e.message())
                .put("during", e.during()));
        ArrayNode means = json.putArray("validation");
        for (Mean mean : validations) {
            ObjectNode one = means.addObject().put("step", mean.step());
            mean.meanReward().ifPresent(value -> one.put("mean_reward", value));
            one.put("questions", mean.questions()).put("unscored", mean.unscored());
            if (!mean.students().isEmpty()) {
                one.set("students", MAPPER.valueToTree(mean.students()));
            }
        }
        json.set("last_step", MAPPER.valueToTree(lastStep));
        bill.ifPresent(one -> json.set("cost", one.json()));
        if (!transfer.isEmpty()) {
            json.set("transfer", MAPPER.valueToTree(transfer));
        }
        return json;
    }

    /** @param origin for the message */
    static RunReport read(JsonNode json, Object origin) {
        FORMAT.require(json.path("format").asText("none"), origin);
        List<Mean> means = new ArrayList<>();
        for (JsonNode one : json.path("validation")) {
            means.add(new Mean(
                    one.path("step").asInt(),
                    one.has("mean_reward")
                            ? OptionalDouble.of(one.path("mean_reward").asDouble())
                            : OptionalDouble.empty(),
                    one.path("questions").asInt(),
                    one.path("unscored").asInt(),
                    numbers(one.path("students"))));
        }
        JsonNode error = json.path("error");
        return new RunReport(
                new RunDescription(
                        RunDescription.texts(json.path("configuration")), RunDescription.texts(json.path("versions"))),
                RunDescription.texts(json.path("settings")),
                json.path("steps").asInt(),
                Ending.valueOf(json.path("ending").asText().toUpperCase(Locale.ROOT)),
                error.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new Failure(
                                error.path("type").asText(),
                                error.path("message").asText(),
                                error.path("during").asText())),
                means,
                numbers(json.path("last_step")),
                json.has("cost") ? Optional.of(Bill.read(json.path("cost"))) : Optional.empty(),
                transfer(json.path("transfer")));
    }

    private static Map<String, Double> numbers(JsonNode json) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        json.forEachEntry((name, value) -> numbers.put(name, value.asDouble()));
        return numbers;
    }

    private static List<Transfer> transfer(JsonNode json) {
        List<Transfer> transfer = new ArrayList<>();
        for (JsonNode one : json) {
            transfer.add(new Transfer(
                    one.path("student").asText(),
                    one.path("step").asInt(),
                    one.path("gain").asDouble(),
                    one.path("low").asDouble(),
                    one.path("high").asDouble(),
                    one.path("tasks").asInt()));
        }
        return transfer;
    }
}
