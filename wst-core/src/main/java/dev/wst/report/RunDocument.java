package dev.wst.report;

import dev.wst.Rollout;
import dev.wst.Transfer;
import dev.wst.budget.Cost;
import dev.wst.diagnosis.Diagnosis;
import dev.wst.diagnosis.Diagnosis.Finding;
import dev.wst.diagnosis.Symptom;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Interval;
import dev.wst.metrics.KeptComparison;
import dev.wst.metrics.RunReport;
import dev.wst.report.Document.Block;
import dev.wst.report.Document.Case;
import dev.wst.report.Document.Cases;
import dev.wst.report.Document.Cell;
import dev.wst.report.Document.Charts;
import dev.wst.report.Document.Code;
import dev.wst.report.Document.Fact;
import dev.wst.report.Document.Facts;
import dev.wst.report.Document.More;
import dev.wst.report.Document.Paragraph;
import dev.wst.report.Document.Said;
import dev.wst.report.Document.Section;
import dev.wst.report.Document.Sentence;
import dev.wst.report.Document.Table;
import dev.wst.report.Document.Tone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is told of one run, and in which order: first whether it helped, last what it takes to make it again. */
final class RunDocument {
    /** Steps whose mean is shown as what a number was at the beginning and at the end. */
    private static final int EDGE = 10;

    private static final int EXAMPLES = 5;
    private static final int LISTED = 20;
    private static final String PARTS = "rewards/";
    private static final String MEAN = "/mean";

    private final RunFacts run;
    private final Optional<Sides> sides;

    private RunDocument(RunFacts run) {
        this.run = run;
        this.sides = run.sides();
    }

    /** @param command that makes the run again, where it is known */
    static Document of(RunFacts run, Optional<String> command) {
        return new RunDocument(run).document(command);
    }

    private Document document(Optional<String> command) {
        List<Section> sections = new ArrayList<>();
        add(sections, "What it is worth", worth());
        add(sections, "Diagnosis", diagnosis());
        add(sections, sides.isPresent() ? "Before and after" : "Tried in training", beforeAndAfter());
        add(sections, "Better and worse", betterAndWorse());
        add(sections, "Learning", learning());
        add(sections, "Parts of the reward", parts());
        add(sections, "Answers given away", leaks());
        add(sections, "Cost and time", cost());
        add(sections, "Make it again", again(command));
        add(sections, "Configuration", configuration());
        return new Document(
                "Training run " + run.name(),
                "Training run " + run.name(),
                Headline.of(run).sentence(),
                opening(),
                sections);
    }

    private static void add(List<Section> sections, String title, List<Block> blocks) {
        if (!blocks.isEmpty()) {
            sections.add(new Section(title, blocks));
        }
    }

    private List<Block> opening() {
        List<Block> blocks = new ArrayList<>();
        run.report()
                .flatMap(RunReport::error)
                .ifPresent(error -> blocks.add(new Paragraph(new Sentence(
                        Tone.BAD,
                        "It failed during " + error.during() + ": " + error.message() + " (" + error.type() + ")"))));
        run.cheating()
                .ifPresent(finding -> blocks.add(new Paragraph(new Sentence(
                        Tone.BAD,
                        "The reward was earned by what it is not meant for: " + finding.evidence()
                                + ". Rewards in training, and on questions like these, say nothing."))));
        if (run.isRedacted()) {
            blocks.add(Paragraph.note(
                    "This run keeps no texts: in place of questions, instructions and answers stand their"
                            + " lengths and hashes, by which equal texts are known."));
        }
        if (Headline.of(run).difference().isEmpty()) {
            blocks.add(Paragraph.note("To measure it on questions that it was not trained on: evaluate --run "
                    + run.name() + " ..., or train with validation tasks."));
        } else if (run.comparison().isEmpty()) {
            blocks.add(Paragraph.note(
                    "Measured on the run's own validation tasks, the likeliest instruction of each, before"
                            + " and after training. How much of it one fixed instruction would do, or what the student does alone, a"
                            + " comparison tells: evaluate --run " + run.name() + " ..."));
        }
        blocks.add(new Facts(facts()));
        return blocks;
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("State", run.ending()));
        facts.add(new Fact("Steps", run.lastStep() + " of " + run.configured("steps")));
        facts.add(new Fact("Algorithm", run.configured("algorithm").toUpperCase(Locale.ROOT)));
        facts.add(new Fact(
                "A step", run.configured("batch") + " questions, " + run.configured("samples") + " instructions each"));
        facts.add(new Fact("Training questions", before(run.configured("tasks"))));
        sides.ifPresent(all -> facts.add(new Fact("Measured on", Headline.questions(all.questions()))));
        facts.add(new Fact("Reward", run.configured("reward")));
        facts.add(new Fact("Seed", run.configured("seed")));
        return facts;
    }

    private static String before(String text) {
        int end = text.indexOf(" (SHA-256");
        return end < 0 ? text : text.substring(0, end);
    }

    private List<Block> worth() {
        if (sides.isEmpty()) {
            return List.of();
        }
        Sides all = sides.get();
        Comparison comparison = all.comparison();
        Scale scale = Scale.holding(
                comparison.results().stream()
                        .filter(Comparison.Result::isScored)
                        .map(Comparison.Result::reward)
                        .flatMapToDouble(i -> DoubleStream.of(i.low(), i.high(), 0)),
                4);
        boolean isUnscored = comparison.results().stream().anyMatch(result -> result.unscored() > 0);
        List<String> columns = new ArrayList<>(
                List.of("Instruction by", "Mean reward, 95 % interval", all.result() + " minus this, paired"));
        if (isUnscored) {
            columns.add("Without verdict");
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (Comparison.Result result : comparison.results()) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.text(result.name()));
            row.add(result.isScored() ? Cell.of(result.reward(), scale) : Cell.number("nothing scored"));
            row.add(Cell.number(
                    result.name().equals(all.result()) || !comparison.isComparable(all.result(), result.name())
                            ? ""
                            : Numbers.signed(comparison.difference(all.result(), result.name()))));
            if (isUnscored) {
                row.add(Cell.number(
                        result.unscored() + " of " + result.rollouts().size()));
            }
            rows.add(row);
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Table(columns, rows));
        blocks.addAll(againstFixed(all));
        blocks.addAll(transfer());
        blocks.add(Paragraph.note(
                "An interval holds the true mean of all such questions with 95 % confidence. Paired: the same"
                        + " questions both ways, those left out that have no verdict in one of them."));
        return blocks;
    }

    /** Against the best of the fixed instructions, which was chosen on the same questions: that favours it. */
    private List<Block> againstFixed(Sides all) {
        return run.comparison()
                .flatMap(KeptComparison::bestFixed)
                .filter(best -> all.comparison().isComparable(all.result(), best.name()))
                .map(best -> {
                    Interval gain = all.comparison().difference(all.result(), best.name());
                    String than =
                            "the best of the fixed instructions (" + best.name() + "): " + Numbers.signed(gain) + ".";
                    String text = gain.low() > 0
                            ? "It is better than " + than
                            : gain.high() < 0
                                    ? "It is worse than " + than
                                    : "It is not shown to be better than " + than;
                    return List.<Block>of(new Paragraph(new Sentence(Headline.tone(gain), text)));
                })
                .orElse(List.of());
    }

    private List<Block> transfer() {
        List<Transfer> transfer = run.report().map(RunReport::transfer).orElse(List.of());
        return transfer.stream()
                .<Block>map(one -> new Paragraph(Sentence.plain("For the student " + one.student()
                        + ", which the teacher was not trained with: "
                        + Numbers.signed(new Interval(one.gain(), one.low(), one.high(), one.tasks()))
                        + " after step " + one.step() + ", on " + Headline.questions(one.tasks()) + ".")))
                .toList();
    }

    private List<Block> diagnosis() {
        Diagnosis diagnosis = run.diagnosis();
        if (diagnosis.findings().isEmpty()) {
            return List.of(Paragraph.plain(
                    run.steps().isEmpty()
                            ? "There is nothing to look at yet."
                            : "None of the known ways in which training goes wrong was seen in " + diagnosis.steps()
                                    + " steps."));
        }
        List<Block> blocks = new ArrayList<>();
        for (Finding finding : diagnosis.findings()) {
            boolean isPassed = !diagnosis.standing().contains(finding);
            String first = (isPassed ? "Passed: " : label(finding.symptom()) + ": ")
                    + finding.symptom().meaning() + " ("
                    + finding.symptom().id() + ", steps " + finding.from() + " to " + finding.to() + "). Measured: "
                    + finding.evidence() + ".";
            boolean isBad = !isPassed && finding.symptom().severity() != Symptom.Severity.WARNING;
            blocks.add(new Paragraph(new Sentence(isBad ? Tone.BAD : Tone.PLAIN, first)));
            finding.examples().forEach(text -> blocks.add(new Code(text)));
            if (!isPassed) {
                blocks.add(Paragraph.note("What to do: " + finding.symptom().remedy() + "."));
            }
        }
        blocks.add(Paragraph.note("wst-core/DIAGNOSES.md explains each of them by its name."));
        return blocks;
    }

    private static String label(Symptom symptom) {
        return switch (symptom.severity()) {
            case CHEATING -> "Cheating";
            case NO_LEARNING -> "Nothing is learned";
            case WARNING -> "Warning";
        };
    }

    private List<Block> beforeAndAfter() {
        if (sides.isEmpty()) {
            List<Case> cases = run.lastInTraining().values().stream()
                    .limit(EXAMPLES)
                    .map(one -> asCase(one, List.of(said("in training", one))))
                    .toList();
            return cases.isEmpty()
                    ? List.of()
                    : List.of(
                            Paragraph.note(
                                    "The last instruction that was tried in training for some of the questions."),
                            new Cases(cases));
        }
        Sides all = sides.get();
        List<Integer> better = all.bySign().getOrDefault(1, List.of());
        List<Integer> worse = all.bySign().getOrDefault(-1, List.of());
        // From both, and the first questions where that leaves room: what is shown is not chosen to please.
        List<Integer> chosen = Stream.concat(
                        Stream.concat(better.stream().limit(2), worse.stream().limit(2)),
                        IntStream.range(0, all.questions()).boxed())
                .distinct()
                .limit(EXAMPLES)
                .sorted()
                .toList();
        return List.of(
                Paragraph.note(
                        "Two questions that were answered better, two that were answered worse, where there are any, and"
                                + " the first others."),
                new Cases(cases(all, chosen)));
    }

    private static List<Case> cases(Sides all, List<Integer> questions) {
        return questions.stream()
                .map(i -> asCase(
                        all.of(all.result(), i),
                        all.shown().stream()
                                .map(name -> said(name, all.of(name, i)))
                                .toList()))
                .toList();
    }

    static Case asCase(Rollout one, List<Said> said) {
        return new Case(
                one.attempt().task().id(),
                one.attempt().task().prompt(),
                one.attempt().task().reference(),
                said);
    }

    static Said said(String by, Rollout one) {
        boolean hasArrived = one.attempt().answer().hasArrived();
        return new Said(
                by,
                one.attempt().instruction().text(),
                hasArrived
                        ? one.attempt().answer().text()
                        : one.attempt()
                                .answer()
                                .failure()
                                .map(failure -> failure.kind() + ": " + failure.message())
                                .orElse(""),
                hasArrived,
                one.reward().isScored() ? "reward " + Numbers.brief(one.reward().value()) : "no verdict");
    }

    private List<Block> betterAndWorse() {
        if (sides.isEmpty() || sides.get().baseline().isEmpty()) {
            return List.of();
        }
        Sides all = sides.get();
        String baseline = all.baseline().orElseThrow();
        Map<Integer, List<Integer>> signs = all.bySign();
        int compared = signs.values().stream().mapToInt(List::size).sum();
        if (compared == 0) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(share("better", signs.getOrDefault(1, List.of()).size(), compared));
        rows.add(share("the same", signs.getOrDefault(0, List.of()).size(), compared));
        rows.add(share("worse", signs.getOrDefault(-1, List.of()).size(), compared));
        blocks.add(
                new Table(List.of(all.result() + " against " + baseline, "Questions", "Share, 95 % interval"), rows));
        more(all, signs.getOrDefault(-1, List.of()), "worse").ifPresent(blocks::add);
        more(all, signs.getOrDefault(1, List.of()), "better").ifPresent(blocks::add);
        return blocks;
    }

    private static List<Cell> share(String name, int count, int of) {
        double[] ones = new double[of];
        Arrays.fill(ones, 0, count, 1);
        return List.of(Cell.text(name), Cell.number(count + " of " + of), Cell.of(Interval.of(ones), Scale.UNIT));
    }

    private static Optional<Block> more(Sides all, List<Integer> questions, String how) {
        if (questions.isEmpty()) {
            return Optional.empty();
        }
        String summary = questions.size() == 1
                ? "The one that is answered " + how
                : questions.size() <= LISTED
                        ? "All " + questions.size() + " that are answered " + how
                        : "The first " + LISTED + " of " + questions.size() + " that are answered " + how;
        return Optional.of(new More(
                summary,
                List.of(new Cases(cases(all, questions.stream().limit(LISTED).toList())))));
    }

    private List<Block> learning() {
        if (run.steps().isEmpty()) {
            return List.of();
        }
        List<Chart> all = RunCharts.of(run);
        List<Chart> charts = all.stream().filter(chart -> !chart.isZero()).toList();
        String flat = all.stream().filter(Chart::isZero).map(Chart::title).collect(Collectors.joining(", "));
        List<Block> blocks = new ArrayList<>(List.of(
                Paragraph.note(
                        "Thin lines are single steps, strong ones the mean of the last ten; dots are validations with their 95 %"
                                + " intervals. The number at the end of a line is its last value."),
                new Charts(charts)));
        if (!flat.isEmpty()) {
            blocks.add(Paragraph.note("Zero in every step: " + flat + "."));
        }
        return blocks;
    }

    private List<Block> parts() {
        TreeSet<String> names = new TreeSet<>();
        run.steps().forEach(step -> names.addAll(step.values().keySet()));
        List<String> parts = names.stream()
                .filter(name -> name.startsWith(PARTS) && name.endsWith(MEAN))
                .map(name -> name.substring(PARTS.length(), name.length() - MEAN.length()))
                .filter(name -> !name.equals("reward"))
                .toList();
        if (parts.isEmpty()) {
            return List.of();
        }
        int edge = edge();
        List<List<Cell>> rows = new ArrayList<>();
        Stream.concat(Stream.of(""), parts.stream()).forEach(part -> {
            String metric = part.isEmpty() ? "reward" : PARTS + part + MEAN;
            rows.add(List.of(
                    Cell.text(part.isEmpty() ? "the whole reward" : part),
                    edge(metric, edge, false),
                    edge(metric, edge, true)));
        });
        return List.of(
                new Table(List.of("Part", "First " + edge + " steps", "Last " + edge + " steps"), rows),
                Paragraph.note("Means of the steps' means, unweighted, with 95 % intervals by their deviation."));
    }

    private int edge() {
        return Math.max(1, Math.min(EDGE, run.steps().size() / 2));
    }

    private Cell edge(String metric, int count, boolean isAtEnd) {
        double[] values = run.values(metric, count, isAtEnd);
        return Cell.number(values.length == 0 ? "–" : Numbers.of(Interval.of(values)));
    }

    private List<Block> leaks() {
        List<Block> blocks = new ArrayList<>();
        run.steps().stream()
                .flatMap(step -> step.values().keySet().stream())
                .filter(name -> name.startsWith(PARTS) && name.endsWith("guard_answer_leak" + MEAN))
                .distinct()
                .forEach(name -> blocks.add(Paragraph.plain("The guard against leaks found the right answer in "
                        + Numbers.percent(run.last(name).orElse(0)) + " of the instructions of the last step.")));
        run.diagnosis().leaking().ifPresent(leaking -> {
            int found = (int) Math.round(leaking.share() * leaking.instructions());
            double[] ones = new double[leaking.instructions()];
            Arrays.fill(ones, 0, found, 1);
            Interval share = Interval.of(ones);
            blocks.add(Paragraph.plain(String.format(
                    Locale.ROOT,
                    "In the last steps of training %s of %s instructions held the right answer word for word, where it is not in"
                            + " the question: %s, 95 %% interval %s to %s; by chance, measured with the answers of other"
                            + " questions, %s would.",
                    Numbers.count(found),
                    Numbers.count(leaking.instructions()),
                    Numbers.percent(share.mean()),
                    Numbers.percent(share.low()),
                    Numbers.percent(share.high()),
                    Numbers.percent(leaking.byChance()))));
        });
        return blocks;
    }

    private List<Block> cost() {
        List<Fact> facts = new ArrayList<>();
        run.report().flatMap(RunReport::bill).ifPresentOrElse(bill -> bill(bill, facts), () -> {
            run.last("cost/calls").ifPresent(value -> facts.add(new Fact("Calls", Numbers.count((long) value))));
            run.last("cost/tokens")
                    .ifPresent(value -> facts.add(new Fact("Tokens of the student", Numbers.count((long) value))));
            run.last("cost/money").ifPresent(value -> facts.add(new Fact("Money", Numbers.brief(value))));
        });
        if (run.seconds() > 0) {
            facts.add(new Fact("Training steps took", Numbers.seconds(run.seconds())));
            facts.add(new Fact(
                    "A step", Numbers.seconds(run.seconds() / run.steps().size())));
        }
        run.last("num_tokens")
                .ifPresent(value -> facts.add(new Fact("Tokens of the teacher", Numbers.count((long) value))));
        List<Block> blocks = new ArrayList<>();
        if (!facts.isEmpty()) {
            blocks.add(new Facts(facts));
        }
        answerTokens().ifPresent(blocks::add);
        return blocks;
    }

    private static void bill(RunReport.Bill bill, List<Fact> facts) {
        Cost cost = bill.cost();
        facts.add(new Fact("Calls", Numbers.count(cost.calls())));
        facts.add(new Fact("Tokens read by the student", Numbers.count(cost.inputTokens())));
        facts.add(new Fact("Tokens written by it", Numbers.count(cost.outputTokens())));
        bill.currency()
                .ifPresent(currency -> facts.add(new Fact("Money", cost.money().toPlainString() + " " + currency)));
        if (cost.uncounted() > 0) {
            facts.add(new Fact("Calls that nobody counted", Numbers.count(cost.uncounted())));
        }
    }

    /** What a question costs in each way, where the student counts its tokens. */
    private Optional<Block> answerTokens() {
        List<List<Cell>> rows = new ArrayList<>();
        sides.ifPresent(all -> all.comparison().results().forEach(result -> {
            Optional<Interval> input = tokens(result, true);
            Optional<Interval> output = tokens(result, false);
            if (input.isPresent() && output.isPresent()) {
                rows.add(List.of(
                        Cell.text(result.name()),
                        Cell.number(Numbers.of(input.get())),
                        Cell.number(Numbers.of(output.get()))));
            }
        }));
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        List.of("Tokens of the student a question", "read, 95 % interval", "written, 95 % interval"),
                        rows));
    }

    private static Optional<Interval> tokens(Comparison.Result result, boolean isInput) {
        double[] counts = result.rollouts().stream()
                .map(one -> one.attempt().answer())
                .map(answer -> isInput ? answer.inputTokens() : answer.outputTokens())
                .filter(OptionalInt::isPresent)
                .mapToDouble(OptionalInt::getAsInt)
                .toArray();
        return counts.length == 0 ? Optional.empty() : Optional.of(Interval.of(counts));
    }

    private List<Block> again(Optional<String> command) {
        List<Block> blocks = new ArrayList<>();
        command.ifPresentOrElse(
                text -> blocks.add(new Code(text)),
                () -> blocks.add(Paragraph.plain("The same program with the same configuration, below, and seed "
                        + run.configured("seed")
                        + " makes the same run: metrics and adapter are equal on the same kind of"
                        + " processor.")));
        run.report()
                .filter(report -> !report.ending().isComplete())
                .ifPresent(
                        report -> blocks.add(Paragraph.plain("It did not come to its end. WstTrainer.resume, or train"
                                + " --resume where the command train made it, goes on where it was.")));
        return blocks;
    }

    private List<Block> configuration() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new More("What decides the run", List.of(table(run.description().configuration()))));
        run.report()
                .map(RunReport::settings)
                .filter(settings -> !settings.isEmpty())
                .ifPresent(settings -> blocks.add(new More("Settings", List.of(table(settings)))));
        blocks.add(new More("Versions", List.of(table(run.description().versions()))));
        return blocks;
    }

    private static Block table(Map<String, String> values) {
        List<List<Cell>> rows = new ArrayList<>();
        values.forEach((name, value) -> rows.add(List.of(Cell.text(name), Cell.text(value))));
        return new Table(List.of("Name", "Value"), rows);
    }
}
