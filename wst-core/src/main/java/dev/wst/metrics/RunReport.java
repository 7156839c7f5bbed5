package dev.wst.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Ending;
import dev.wst.Transfer;
import dev.wst.Validation;
import dev.wst.budget.Cost;
import dev.wst.files.FileFormat;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;

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
    private static final String MEAN = "mean_reward";
    private static final Pattern MONEY = Pattern.compile("\\d+(\\.\\d+)?");

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

        static Bill read(RecordedObject json) {
            return json.made(() -> new Bill(
                    new Cost(
                            json.longCount("calls"),
                            json.longCount("input_tokens"),
                            json.longCount("output_tokens"),
                            money(json.optionalText("money").orElse("0")),
                            json.longCount("uncounted")),
                    json.optionalText("currency")));
        }

        /** As it is written: a number with an exponent may have more digits than there is memory for. */
        private static BigDecimal money(String text) {
            if (!MONEY.matcher(text).matches()) {
                throw new IllegalArgumentException("money should be a number such as \"0.42\", but is " + text);
            }
            return new BigDecimal(text);
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

        static Mean read(RecordedObject json) {
            return new Mean(
                    json.count("step"),
                    json.has(MEAN) ? OptionalDouble.of(json.number(MEAN)) : OptionalDouble.empty(),
                    json.count("questions"),
                    json.count("unscored"),
                    json.numbers("students"));
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
            mean.meanReward().ifPresent(value -> one.put(MEAN, value));
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

    static RunReport read(RecordedObject json) {
        FORMAT.require(json.format(), json.place());
        return new RunReport(
                RunDescription.of(json),
                json.texts("settings"),
                json.count("steps"),
                ending(json),
                json.object("error")
                        .map(error -> new Failure(error.text("type"), error.text("message"), error.text("during"))),
                json.objects("validation").stream().map(Mean::read).toList(),
                json.numbers("last_step"),
                json.object("cost").map(Bill::read),
                json.objects("transfer").stream().map(RunReport::transfer).toList());
    }

    private static Ending ending(RecordedObject json) {
        return json.one("ending", json.text("ending").toUpperCase(Locale.ROOT), Ending.class);
    }

    private static Transfer transfer(RecordedObject json) {
        return json.made(() -> new Transfer(
                json.text("student"),
                json.count("step"),
                json.number("gain"),
                json.number("low"),
                json.number("high"),
                json.count("tasks")));
    }
}
