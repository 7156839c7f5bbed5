package dev.wst.report;

import dev.wst.diagnosis.Diagnosis;
import dev.wst.diagnosis.Diagnosis.Finding;
import dev.wst.diagnosis.Symptom;
import dev.wst.metrics.RunReport;
import dev.wst.report.Document.Block;
import dev.wst.report.Document.Cell;
import dev.wst.report.Document.Charts;
import dev.wst.report.Document.Code;
import dev.wst.report.Document.Fact;
import dev.wst.report.Document.Facts;
import dev.wst.report.Document.More;
import dev.wst.report.Document.Paragraph;
import dev.wst.report.Document.Section;
import dev.wst.report.Document.Sentence;
import dev.wst.report.Document.Table;
import dev.wst.report.Document.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is told of one run, and in which order: first whether it helped, last what it takes to make it again. */
final class RunDocument {
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
        CaseBlocks cases = new CaseBlocks(run);
        RewardBlocks numbers = new RewardBlocks(run);
        add(sections, "What it is worth", WorthBlocks.of(run));
        add(sections, "Diagnosis", diagnosis());
        add(sections, sides.isPresent() ? "Before and after" : "Tried in training", cases.beforeAndAfter());
        add(sections, "Better and worse", cases.betterAndWorse());
        add(sections, "Learning", learning());
        add(sections, "Parts of the reward", numbers.parts());
        add(sections, "Answers given away", numbers.leaks());
        add(sections, "Cost and time", CostBlocks.of(run));
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
