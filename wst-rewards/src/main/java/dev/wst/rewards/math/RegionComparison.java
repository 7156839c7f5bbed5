package dev.wst.rewards.math;

import dev.wst.rewards.math.Node.Constant;
import dev.wst.rewards.math.Region.Span;
import dev.wst.rewards.math.Verdict.Basis;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares sets of real numbers: sorted and joined, then end by end. */
final class RegionComparison {
    /** A span with the approximate places of its ends, for sorting. */
    private record Placed(Span span, double low, double high) {}

    private final ValueComparison values;
    private final Budget budget;

    RegionComparison(ValueComparison values, Budget budget) {
        this.values = values;
        this.budget = budget;
    }

    Verdict compare(Region one, Region other) {
        boolean named = one.variable().isPresent() && other.variable().isPresent();
        if (named && !one.variable().get().equals(other.variable().get())) {
            return Verdict.different(Basis.TEXT);
        }
        Optional<List<Placed>> left = joined(one);
        Optional<List<Placed>> right = joined(other);
        if (left.isEmpty() || right.isEmpty()) {
            return endByEnd(one.spans(), other.spans());
        }
        return endByEnd(
                left.get().stream().map(Placed::span).toList(),
                right.get().stream().map(Placed::span).toList());
    }

    private Verdict endByEnd(List<Span> left, List<Span> right) {
        if (left.size() != right.size()) {
            return Verdict.different(Basis.TEXT);
        }
        Verdict worst = Verdict.equal(Basis.PROOF);
        for (int i = 0; i < left.size(); i++) {
            Span mine = left.get(i);
            Span theirs = right.get(i);
            if (mine.lowClosed() != theirs.lowClosed() || mine.highClosed() != theirs.highClosed()) {
                return Verdict.different(Basis.TEXT);
            }
            worst = Verdicts.both(worst, values.compare(mine.low(), theirs.low()));
            worst = Verdicts.both(worst, values.compare(mine.high(), theirs.high()));
        }
        return worst;
    }

    private Optional<List<Placed>> joined(Region region) {
        List<Placed> placed = new ArrayList<>();
        for (Span span : region.spans()) {
            double low = place(span.low());
            double high = place(span.high());
            if (Double.isNaN(low) || Double.isNaN(high)) {
                return Optional.empty();
            }
            placed.add(new Placed(span, low, high));
        }
        placed.sort(Comparator.comparingDouble(Placed::low).thenComparingDouble(Placed::high));
        if (areBothHalfLinesThatOverlap(placed)) {
            return Optional.of(List.of(between(placed.get(1), placed.get(0))));
        }
        List<Placed> joined = new ArrayList<>();
        for (Placed next : placed) {
            Placed last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && touches(last, next)) {
                joined.set(joined.size() - 1, union(last, next));
            } else {
                joined.add(next);
            }
        }
        return Optional.of(joined);
    }

    /** x < 5 and x > 1 leave nothing out as a union; so both are meant at once. */
    private static boolean areBothHalfLinesThatOverlap(List<Placed> placed) {
        return placed.size() == 2
                && placed.get(0).low() == Double.NEGATIVE_INFINITY
                && placed.get(1).high() == Double.POSITIVE_INFINITY
                && placed.get(0).high() > placed.get(1).low();
    }

    private static Placed between(Placed from, Placed to) {
        Span span = new Span(
                from.span().low(),
                from.span().lowClosed(),
                to.span().high(),
                to.span().highClosed());
        return new Placed(span, from.low(), to.high());
    }

    private static boolean touches(Placed last, Placed next) {
        return next.low() < last.high()
                || (next.low() == last.high()
                        && (next.span().lowClosed() || last.span().highClosed()));
    }

    private static Placed union(Placed last, Placed next) {
        boolean further = next.high() > last.high()
                || (next.high() == last.high() && next.span().highClosed());
        boolean closed = last.span().lowClosed()
                || (next.low() == last.low() && next.span().lowClosed());
        Placed end = further ? next : last;
        Span span = new Span(
                last.span().low(), closed, end.span().high(), end.span().highClosed());
        return new Placed(span, last.low(), end.high());
    }

    private double place(Node end) {
        if (end == Constant.INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        if (end.equals(Region.MINUS_INFINITY)) {
            return Double.NEGATIVE_INFINITY;
        }
        if (Trees.hasNames(end)) {
            return Double.NaN;
        }
        try {
            Complex value = new Evaluator(new Point(0, false), Precision.STANDARD, budget).of(end);
            BigDecimal real = value.re();
            return value.isReal() ? real.doubleValue() : Double.NaN;
        } catch (ArithmeticException | Canonical.NotScalar undefined) {
            return Double.NaN;
        }
    }
}
