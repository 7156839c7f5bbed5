package dev.wst.report;

import dev.wst.evaluation.Interval;
import dev.wst.report.Document.Block;
import dev.wst.report.Document.Cell;
import dev.wst.report.Document.Paragraph;
import dev.wst.report.Document.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Of what the reward was made, and how much of it was earned by giving answers away. */
final class RewardBlocks {
    /** Steps whose mean is shown as what a number was at the beginning and at the end. */
    private static final int EDGE = 10;

    private static final String PARTS = "rewards/";
    private static final String MEAN = "/mean";

    private final RunFacts run;

    RewardBlocks(RunFacts run) {
        this.run = run;
    }

    List<Block> parts() {
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

    List<Block> leaks() {
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
}
