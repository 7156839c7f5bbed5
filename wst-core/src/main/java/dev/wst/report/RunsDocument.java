package dev.wst.report;

import dev.wst.Rollout;
import dev.wst.diagnosis.Diagnosis.Finding;
import dev.wst.diagnosis.Symptom;
import dev.wst.evaluation.Interval;
import dev.wst.evaluation.PairedDifference.Verdict;
import dev.wst.metrics.RunReport;
import dev.wst.report.Chart.Point;
import dev.wst.report.Chart.Series;
import dev.wst.report.Chart.Style;
import dev.wst.report.Document.Block;
import dev.wst.report.Document.Case;
import dev.wst.report.Document.Cases;
import dev.wst.report.Document.Cell;
import dev.wst.report.Document.Charts;
import dev.wst.report.Document.Fact;
import dev.wst.report.Document.Facts;
import dev.wst.report.Document.More;
import dev.wst.report.Document.Paragraph;
import dev.wst.report.Document.Section;
import dev.wst.report.Document.Sentence;
import dev.wst.report.Document.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is told of several runs. */
final class RunsDocument {
    private static final int COLORS = 6;
    private static final int EDGE = 10;
    private static final int SHOWN = 10;
    private static final int LISTED = 50;
    private static final String ABSENT = "–";

    private final List<RunFacts> runs;
    private final List<String> names;

    private RunsDocument(List<RunFacts> runs) {
        this.runs = runs;
        this.names = names(runs);
    }

    /** Their directories', with a number where two have one. */
    private static List<String> names(List<RunFacts> runs) {
        Set<String> names = new LinkedHashSet<>();
        for (RunFacts run : runs) {
            String name = run.name();
            for (int i = 2; !names.add(name); i++) {
                name = run.name() + " (" + i + ")";
            }
        }
        return List.copyOf(names);
    }

    static Document of(List<RunFacts> runs) {
        return new RunsDocument(runs).document();
    }

    private Document document() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("What they came to", List.of(outcomes(), findings())));
        List<Block> apart = differences();
        sections.add(new Section("In what they differ", apart));
        List<Chart> charts = charts();
        if (!charts.isEmpty()) {
            sections.add(new Section(
                    "Learning",
                    List.of(Paragraph.note("Means of the last " + RunCharts.WINDOW + " steps."), new Charts(charts))));
        }
        if (runs.size() == 2) {
            sections.add(new Section("Where their instructions differ", instructions()));
        }
        String title = String.join(", ", names);
        return new Document("Runs " + title, "Runs " + title, headline(), List.of(), sections);
    }

    private Sentence headline() {
        if (runs.size() != 2) {
            return Sentence.plain(runs.size() + " runs side by side");
        }
        for (int i = 0; i < runs.size(); i++) {
            Optional<Finding> cheating = runs.get(i).cheating();
            if (cheating.isPresent()) {
                return new Sentence(
                        Document.Tone.BAD,
                        "Not to be compared: of " + names.get(i) + ", "
                                + cheating.get().symptom().meaning() + ".");
            }
        }
        Pairs pairs = Pairs.of(runs.get(0), runs.get(1));
        return pairs.difference()
                .map(this::difference)
                .orElse(Sentence.note("Two runs side by side, without a question that both have a verdict on."));
    }

    private Sentence difference(Interval difference) {
        String verb = switch (Verdict.of(difference)) {
            case BETTER -> " earns more than ";
            case WORSE -> " earns less than ";
            case UNDECIDED -> " is not shown to differ from ";
        };
        return Sentence.plain(names.get(0) + verb + names.get(1) + ": " + Numbers.signed(difference) + " on "
                + Headline.questions(difference.count()) + " in common.");
    }

    private Block outcomes() {
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            RunFacts run = runs.get(i);
            Optional<Sides> sides = run.sides();
            double[] last = run.values("reward", EDGE, true);
            rows.add(List.of(
                    Cell.text(names.get(i)),
                    Cell.text(run.state()),
                    Cell.number(Numbers.count(run.lastStep())),
                    Cell.number(last.length == 0 ? ABSENT : Numbers.of(Interval.of(last))),
                    Cell.number(sides.filter(
                                    all -> all.comparison().result(all.result()).isScored())
                            .map(all -> Numbers.of(
                                    all.comparison().result(all.result()).reward()))
                            .orElse(ABSENT)),
                    Cell.number(
                            Headline.of(run).difference().map(Numbers::signed).orElse(ABSENT)),
                    Cell.number(run.report()
                            .flatMap(RunReport::bill)
                            .map(bill -> Numbers.count(bill.cost().calls()))
                            .orElse(ABSENT)),
                    Cell.number(run.seconds() > 0 ? Numbers.seconds(run.seconds()) : ABSENT)));
        }
        return new Table(
                List.of(
                        "Run",
                        "State",
                        "Steps",
                        "Training reward, last " + EDGE + " steps",
                        "Measured",
                        "Difference to before or alone",
                        "Calls",
                        "Steps took"),
                rows);
    }

    private Block findings() {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            facts.add(new Fact(
                    "Diagnosis of " + names.get(i),
                    runs.get(i).diagnosis().standing().isEmpty()
                            ? "nothing found"
                            : runs.get(i).diagnosis().standing().stream()
                                    .map(Finding::symptom)
                                    .map(Symptom::id)
                                    .collect(Collectors.joining(", "))));
        }
        return new Facts(facts);
    }

    private List<Block> differences() {
        TreeSet<String> all = new TreeSet<>();
        runs.forEach(run -> all.addAll(run.description().configuration().keySet()));
        List<List<Cell>> rows = new ArrayList<>();
        for (String name : all) {
            List<String> values = runs.stream()
                    .map(run -> run.description().configuration().getOrDefault(name, ABSENT))
                    .toList();
            if (values.stream().distinct().count() > 1) {
                List<Cell> row = new ArrayList<>();
                row.add(Cell.text(name));
                values.forEach(value -> row.add(Cell.text(value)));
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            return List.of(Paragraph.plain("In nothing that decides a run: their configurations are the same."));
        }
        List<String> columns = new ArrayList<>();
        columns.add("Configuration");
        columns.addAll(names);
        return List.of(new Table(columns, rows));
    }

    private List<Chart> charts() {
        return List.of(
                        chart("Training reward", "mean reward", run -> run.points("reward")),
                        validations(),
                        chart("Divergence from the untrained teacher", "KL, nats a token", RunsDocument::divergence),
                        chart("Length of instructions", "tokens", run -> run.points("completions/mean_length")))
                .stream()
                .filter(chart -> !chart.isEmpty())
                .toList();
    }

    private Chart chart(String title, String unit, Function<RunFacts, List<Point>> points) {
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            all.add(new Series(names.get(i), Style.LINE, i % COLORS, points.apply(runs.get(i)))
                    .trailing(names.get(i), RunCharts.WINDOW));
        }
        return new Chart(title, unit, all);
    }

    private Chart validations() {
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            all.add(RunCharts.validations(runs.get(i), names.get(i), i % COLORS));
        }
        return new Chart("Validation", "mean reward", all);
    }

    /** PPO's of an instruction, by its mean length. */
    private static List<Point> divergence(RunFacts run) {
        if (!run.points("kl").isEmpty()) {
            return run.points("kl");
        }
        return run.steps().stream()
                .filter(step -> step.values().containsKey("objective/kl")
                        && step.values().getOrDefault("completions/mean_length", 0.0) > 0)
                .map(step -> Point.of(step.step(), step.value("objective/kl") / step.value("completions/mean_length")))
                .toList();
    }

    private List<Block> instructions() {
        Pairs pairs = Pairs.of(runs.get(0), runs.get(1));
        if (pairs.all().isEmpty()) {
            return List.of(Paragraph.plain("They have no question in common."));
        }
        List<Case> cases = pairs.different().stream()
                .limit(LISTED)
                .map(pair -> CaseBlocks.asCase(
                        pair.first(),
                        List.of(
                                CaseBlocks.said(names.get(0), pair.first()),
                                CaseBlocks.said(names.get(1), pair.second()))))
                .toList();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Paragraph.plain("Of " + Headline.questions(pairs.all().size()) + " in common, "
                + Numbers.count(pairs.different().size()) + " have different instructions."));
        if (!cases.isEmpty()) {
            blocks.add(new Cases(cases.subList(0, Math.min(SHOWN, cases.size()))));
        }
        if (cases.size() > SHOWN) {
            blocks.add(
                    new More((cases.size() - SHOWN) + " more", List.of(new Cases(cases.subList(SHOWN, cases.size())))));
        }
        return blocks;
    }

    private record Pair(Rollout first, Rollout second) {
        boolean isDifferent() {
            return !first.attempt()
                    .instruction()
                    .text()
                    .equals(second.attempt().instruction().text());
        }
    }

    /** What two teachers wrote for the same questions; those answered differently come first. */
    private record Pairs(List<Pair> all) {
        static Pairs of(RunFacts first, RunFacts second) {
            Map<String, Rollout> ours = first.taught();
            Map<String, Rollout> theirs = second.taught();
            List<Pair> pairs = new ArrayList<>();
            ours.forEach((key, one) ->
                    Optional.ofNullable(theirs.get(key)).ifPresent(other -> pairs.add(new Pair(one, other))));
            return new Pairs(pairs);
        }

        private static boolean isScored(Pair pair) {
            return pair.first().reward().isScored() && pair.second().reward().isScored();
        }

        List<Pair> different() {
            return all.stream()
                    .filter(Pair::isDifferent)
                    .sorted(Comparator.comparing(pair -> isScored(pair)
                                    && pair.first().reward().value()
                                            != pair.second().reward().value()
                            ? 0
                            : 1))
                    .toList();
        }

        Optional<Interval> difference() {
            List<Pair> scored = all.stream().filter(Pairs::isScored).toList();
            return scored.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Interval.ofPairs(
                            scored.stream()
                                    .mapToDouble(pair -> pair.first().reward().value())
                                    .toArray(),
                            scored.stream()
                                    .mapToDouble(pair -> pair.second().reward().value())
                                    .toArray()));
        }
    }
}
