package dev.wst.report;

import dev.wst.Rollout;
import dev.wst.evaluation.Interval;
import dev.wst.report.Document.Block;
import dev.wst.report.Document.Case;
import dev.wst.report.Document.Cases;
import dev.wst.report.Document.Cell;
import dev.wst.report.Document.More;
import dev.wst.report.Document.Paragraph;
import dev.wst.report.Document.Said;
import dev.wst.report.Document.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Questions with what was instructed and answered, and on how many of them it helped. */
final class CaseBlocks {
    private static final int EXAMPLES = 5;
    private static final int LISTED = 20;

    private final RunFacts run;
    private final Optional<Sides> sides;

    CaseBlocks(RunFacts run) {
        this.run = run;
        this.sides = run.sides();
    }

    List<Block> beforeAndAfter() {
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

    List<Block> betterAndWorse() {
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
}
