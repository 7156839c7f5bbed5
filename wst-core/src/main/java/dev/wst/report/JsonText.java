package dev.wst.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wst.Rollout;
import dev.wst.diagnosis.Diagnosis;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Interval;
import dev.wst.evaluation.PairedDifference.Verdict;
import dev.wst.metrics.RunReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The same for programs: report-data.json. RUNS.md lists its fields. */
final class JsonText {
    /** Of the form of the file; another one where a field changes its meaning or goes. */
    static final int SCHEMA = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonText() {}

    static String of(RunFacts run) {
        ObjectNode json = MAPPER.createObjectNode().put("schema", SCHEMA).put("run", run.name());
        json.put(
                "state",
                run.report()
                        .map(one -> one.ending().name().toLowerCase(Locale.ROOT))
                        .orElse("under_way"));
        json.put("steps", run.lastStep()).put("texts_redacted", run.isRedacted());
        headline(
                Headline.of(run),
                json.putObject("headline").put("trusted", run.cheating().isEmpty()));
        run.sides().ifPresent(sides -> sides(sides, json));
        diagnosis(run.diagnosis(), json);
        charts(RunCharts.of(run), json.putArray("curves"));
        run.report().flatMap(RunReport::bill).ifPresent(bill -> {
            ObjectNode cost = json.putObject("cost")
                    .put("calls", bill.cost().calls())
                    .put("input_tokens", bill.cost().inputTokens())
                    .put("output_tokens", bill.cost().outputTokens());
            bill.currency()
                    .ifPresent(currency -> cost.put("money", bill.cost().money().toPlainString())
                            .put("currency", currency));
        });
        json.put("step_seconds", run.seconds());
        run.report()
                .flatMap(RunReport::error)
                .ifPresent(error -> json.putObject("error")
                        .put("type", error.type())
                        .put("message", error.message())
                        .put("during", error.during()));
        json.set("configuration", MAPPER.valueToTree(run.description().configuration()));
        json.set("versions", MAPPER.valueToTree(run.description().versions()));
        return text(json);
    }

    private static String text(ObjectNode json) {
        try {
            return MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void headline(Headline headline, ObjectNode json) {
        json.put("text", headline.sentence().text());
        headline.difference().ifPresent(difference -> {
            json.put(
                    "verdict",
                    switch (Verdict.of(difference)) {
                        case BETTER -> "better";
                        case WORSE -> "worse";
                        case UNDECIDED -> "not_shown";
                    });
            json.set("difference", interval(difference));
        });
    }

    /** An end that is not finite, as of a single question, is null. */
    private static ObjectNode interval(Interval interval) {
        ObjectNode json = MAPPER.createObjectNode();
        number(json, "mean", interval.mean());
        number(json, "low", interval.low());
        number(json, "high", interval.high());
        return json.put("count", interval.count());
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }

    private static void sides(Sides sides, ObjectNode json) {
        Comparison comparison = sides.comparison();
        ArrayNode arms = json.putArray("arms");
        for (Comparison.Result result : comparison.results()) {
            ObjectNode arm = arms.addObject()
                    .put("name", result.name())
                    .put("is_result", result.name().equals(sides.result()))
                    .put("questions", result.rollouts().size())
                    .put("unscored", result.unscored());
            if (result.isScored()) {
                arm.set("reward", interval(result.reward()));
            }
            if (!result.name().equals(sides.result()) && comparison.isComparable(sides.result(), result.name())) {
                arm.set("result_minus_this", interval(comparison.difference(sides.result(), result.name())));
            }
        }
        sides.baseline().ifPresent(baseline -> {
            Map<Integer, List<Integer>> signs = sides.bySign();
            json.putObject("against_baseline")
                    .put("baseline", baseline)
                    .put("better", signs.getOrDefault(1, List.of()).size())
                    .put("same", signs.getOrDefault(0, List.of()).size())
                    .put("worse", signs.getOrDefault(-1, List.of()).size());
        });
        ArrayNode questions = json.putArray("questions");
        for (int i = 0; i < sides.questions(); i++) {
            question(sides, i, questions.addObject());
        }
    }

    private static void question(Sides sides, int index, ObjectNode json) {
        Rollout first = sides.of(sides.result(), index);
        json.put("id", first.attempt().task().id())
                .put("question", first.attempt().task().prompt());
        first.attempt().task().reference().ifPresent(reference -> json.put("reference", reference));
        ArrayNode said = json.putArray("said");
        for (String name : sides.shown()) {
            Rollout one = sides.of(name, index);
            ObjectNode line = said.addObject()
                    .put("arm", name)
                    .put("instruction", one.attempt().instruction().text());
            if (one.attempt().answer().hasArrived()) {
                line.put("answer", one.attempt().answer().text());
            }
            if (one.reward().isScored()) {
                line.put("reward", one.reward().value());
            }
        }
    }

    private static void diagnosis(Diagnosis diagnosis, ObjectNode json) {
        ArrayNode findings = json.putArray("findings");
        for (Diagnosis.Finding finding : diagnosis.findings()) {
            ObjectNode one = findings.addObject()
                    .put("symptom", finding.symptom().id())
                    .put("severity", finding.symptom().severity().name().toLowerCase(Locale.ROOT))
                    .put("passed", !diagnosis.standing().contains(finding))
                    .put("from_step", finding.from())
                    .put("to_step", finding.to())
                    .put("evidence", finding.evidence());
            finding.examples().forEach(one.putArray("examples")::add);
        }
        diagnosis
                .leaking()
                .ifPresent(leaking -> json.putObject("leaking")
                        .put("share", leaking.share())
                        .put("by_chance", leaking.byChance())
                        .put("instructions", leaking.instructions()));
    }

    private static void charts(List<Chart> charts, ArrayNode json) {
        for (Chart chart : charts) {
            for (Chart.Series series : chart.series()) {
                ArrayNode points = json.addObject()
                        .put("chart", chart.title())
                        .put("unit", chart.unit())
                        .put("series", series.name())
                        .putArray("points");
                series.points()
                        .forEach(point -> points.addArray().add(point.step()).add(point.value()));
            }
        }
    }
}
