package dev.wst.report;

import dev.wst.Attempt;
import dev.wst.budget.Cost;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Interval;
import dev.wst.metrics.RunReport;
import dev.wst.report.Document.Block;
import dev.wst.report.Document.Cell;
import dev.wst.report.Document.Fact;
import dev.wst.report.Document.Facts;
import dev.wst.report.Document.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a run and its teacher cost, in calls, tokens, money and time. */
final class CostBlocks {
    private CostBlocks() {}

    static List<Block> of(RunFacts run) {
        List<Fact> facts = new ArrayList<>();
        run.report().flatMap(RunReport::bill).ifPresentOrElse(bill -> bill(bill, facts), () -> {
            run.last("cost/calls").ifPresent(value -> facts.add(new Fact("Calls", Numbers.count((long) value))));
            run.last("cost/tokens")
                    .ifPresent(value -> facts.add(new Fact("Tokens of the models", Numbers.count((long) value))));
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
        answerTokens(run).ifPresent(blocks::add);
        return blocks;
    }

    private static void bill(RunReport.Bill bill, List<Fact> facts) {
        Cost cost = bill.cost();
        facts.add(new Fact("Calls", Numbers.count(cost.calls())));
        facts.add(new Fact("Tokens read by the models", Numbers.count(cost.inputTokens())));
        facts.add(new Fact("Tokens written by them", Numbers.count(cost.outputTokens())));
        bill.currency()
                .ifPresent(currency -> facts.add(new Fact("Money", cost.money().toPlainString() + " " + currency)));
        if (cost.uncounted() > 0) {
            facts.add(new Fact("Calls that nobody counted", Numbers.count(cost.uncounted())));
        }
    }

    /** What a question costs in each way, where the student counts its tokens. */
    private static Optional<Block> answerTokens(RunFacts run) {
        List<List<Cell>> rows = new ArrayList<>();
        run.sides()
                .ifPresent(all -> all.comparison().results().forEach(result -> {
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
                .map(one -> tokens(one.attempt(), isInput))
                .filter(OptionalInt::isPresent)
                .mapToDouble(OptionalInt::getAsInt)
                .toArray();
        return counts.length == 0 ? Optional.empty() : Optional.of(Interval.of(counts));
    }

    /** Of the answer and the drafts before it; unknown where one of them does not say. */
    private static OptionalInt tokens(Attempt attempt, boolean isInput) {
        int sum = 0;
        for (Attempt one : attempt.withDrafts()) {
            OptionalInt counted =
                    isInput ? one.answer().inputTokens() : one.answer().outputTokens();
            if (counted.isEmpty()) {
                return OptionalInt.empty();
            }
            sum += counted.getAsInt();
        }
        return OptionalInt.of(sum);
    }
}
