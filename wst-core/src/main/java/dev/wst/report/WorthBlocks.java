package dev.wst.report;

import dev.wst.Transfer;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Interval;
import dev.wst.evaluation.PairedDifference;
import dev.wst.evaluation.PairedDifference.Verdict;
import dev.wst.metrics.KeptComparison;
import dev.wst.metrics.RunReport;
import dev.wst.report.Document.Block;
import dev.wst.report.Document.Cell;
import dev.wst.report.Document.Paragraph;
import dev.wst.report.Document.Sentence;
import dev.wst.report.Document.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What each way of instructing is worth, how much that differs, and for which kinds of question. */
final class WorthBlocks {
    private final RunFacts run;
    private final Sides all;
    private final Comparison comparison;

    private WorthBlocks(RunFacts run, Sides all) {
        this.run = run;
        this.all = all;
        this.comparison = all.comparison();
    }

    static List<Block> of(RunFacts run) {
        return run.sides().map(all -> new WorthBlocks(run, all).blocks()).orElse(List.of());
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Map<String, PairedDifference> differences = differences();
        blocks.add(ways(differences));
        all.baseline().map(differences::get).ifPresent(against -> blocks.add(counts(against)));
        blocks.addAll(againstFixed());
        blocks.addAll(transfer());
        comparison.categories().forEach((attribute, parts) -> blocks.addAll(category(attribute, parts)));
        blocks.add(Paragraph.note("An interval holds the true mean of all such questions with 95 % confidence"
                + (differences.size() > 1
                        ? "; those of the " + differences.size()
                                + " differences hold all at once with 95 % (Bonferroni)"
                        : "")
                + ". Paired: the same questions both ways, those left out that have no verdict in one of them."));
        return blocks;
    }

    /** By the name of the other way. */
    private Map<String, PairedDifference> differences() {
        List<String> others = comparison.results().stream()
                .map(Comparison.Result::name)
                .filter(name -> !name.equals(all.result()))
                .toList();
        return comparison.pairedWith(all.result(), others).stream()
                .collect(Collectors.toMap(PairedDifference::second, Function.identity()));
    }

    private Block ways(Map<String, PairedDifference> differences) {
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
            row.add(Cell.number(Optional.ofNullable(differences.get(result.name()))
                    .map(difference -> Numbers.signed(difference.reward()))
                    .orElse("")));
            if (isUnscored) {
                row.add(Cell.number(
                        result.unscored() + " of " + result.rollouts().size()));
            }
            rows.add(row);
        }
        return new Table(columns, rows);
    }

    private Block counts(PairedDifference against) {
        return Paragraph.plain(String.format(
                Locale.ROOT,
                "Against %s, %s answered better, %s worse and %s as well: %s of all were made worse (%s to %s)."
                        + " If it made no difference, as many or more would go one way with p = %.2g (exact sign test%s).",
                against.second(),
                Headline.questions(against.better()) + (against.better() == 1 ? " was" : " were"),
                Numbers.count(against.worse()),
                Numbers.count(against.equal()),
                Numbers.percent(against.harm().mean()),
                Numbers.percent(against.harm().low()),
                Numbers.percent(against.harm().high()),
                against.pValue(),
                against.comparisons() == 1 ? "" : ", times " + against.comparisons() + " comparisons"));
    }

    private List<Block> category(String attribute, SortedMap<String, Comparison> parts) {
        if (all.baseline().isEmpty()) {
            return List.of();
        }
        String baseline = all.baseline().orElseThrow();
        List<List<Cell>> rows = new ArrayList<>();
        parts.forEach((value, part) -> rows.add(List.of(
                Cell.text(value),
                Cell.number(Numbers.count(part.result(all.result()).rollouts().size())),
                mean(part.result(baseline)),
                mean(part.result(all.result())),
                Cell.number(
                        part.isComparable(all.result(), baseline)
                                ? Numbers.signed(part.paired(all.result(), baseline, parts.size())
                                        .reward())
                                : "–"))));
        return List.of(
                new Table(List.of("By " + attribute, "Questions", baseline, all.result(), "Difference, paired"), rows),
                Paragraph.note("The intervals hold for all " + parts.size() + " at once with 95 % (Bonferroni)."));
    }

    private static Cell mean(Comparison.Result result) {
        return Cell.number(result.isScored() ? Numbers.of(result.reward().mean()) : "–");
    }

    /** Against the best of the fixed instructions, which was chosen on the same questions: that favours it. */
    private List<Block> againstFixed() {
        return run.comparison()
                .flatMap(KeptComparison::bestFixed)
                .filter(best -> comparison.isComparable(all.result(), best.name()))
                .map(best -> {
                    Interval gain = comparison.difference(all.result(), best.name());
                    String than =
                            "the best of the fixed instructions (" + best.name() + "): " + Numbers.signed(gain) + ".";
                    String text = switch (Verdict.of(gain)) {
                        case BETTER -> "It is better than ";
                        case WORSE -> "It is worse than ";
                        case UNDECIDED -> "It is not shown to be better than ";
                    };
                    return List.<Block>of(new Paragraph(new Sentence(Headline.tone(gain), text + than)));
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
}
