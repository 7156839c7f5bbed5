package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.SetOperation;
import dev.wst.rewards.math.comparing.Region.Span;
import dev.wst.rewards.math.comparing.Verdict.Basis;
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
            worst = JoinedVerdicts.both(worst, values.compare(mine.low(), theirs.low()));
            worst = JoinedVerdicts.both(worst, values.compare(mine.high(), theirs.high()));
        }
        return worst;
    }

    private Optional<List<Placed>> joined(Region region) {
        List<Placed> placed = new ArrayList<>(placed(region));
        if (placed.size() < region.spans().size()) {
            return Optional.empty();
        }
        placed.sort(Comparator.comparingDouble(Placed::low).thenComparingDouble(Placed::high));
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

    /** The spans with their places; those whose ends have none are left out. */
    private List<Placed> placed(Region region) {
        List<Placed> placed = new ArrayList<>();
        for (Span span : region.spans()) {
            double low = Places.of(span.low(), budget);
            double high = Places.of(span.high(), budget);
            if (!Double.isNaN(low) && !Double.isNaN(high)) {
                placed.add(new Placed(span, low, high));
            }
        }
        return placed;
    }

    /**
     * What several relations in one variable, or several intervals, say together: all relations at once where that leaves
     * more than a point, as x > 1 and x < 5, else any of them, as x < 1 or x > 5; intervals are united.
     */
    Optional<Region> together(List<Node> items) {
        if (items.stream().allMatch(Region::isBracketPair)) {
            return items.stream().anyMatch(Region::isCertainlyInterval)
                    ? Region.of(new SetOperation('\u222A', items), budget)
                    : Optional.empty();
        }
        List<Span> any = new ArrayList<>();
        Optional<Node> variable = Optional.empty();
        Optional<List<Placed>> all = Optional.empty();
        for (Node item : items) {
            Optional<Region> region = item instanceof Chain ? Region.of(item, budget) : Optional.empty();
            if (region.isEmpty()
                    || (variable.isPresent() && !variable.equals(region.get().variable()))) {
                return Optional.empty();
            }
            variable = region.get().variable();
            any.addAll(region.get().spans());
            List<Placed> next = placed(region.get());
            all = Optional.of(all.isEmpty() ? next : intersection(all.get(), next));
        }
        List<Placed> shared = all.orElse(List.of());
        boolean meantAtOnce = shared.stream().anyMatch(part -> part.low() < part.high());
        List<Span> spans = meantAtOnce ? shared.stream().map(Placed::span).toList() : List.copyOf(any);
        return Optional.of(new Region(spans, variable));
    }

    private List<Placed> intersection(List<Placed> one, List<Placed> other) {
        List<Placed> shared = new ArrayList<>();
        for (Placed mine : one) {
            for (Placed theirs : other) {
                budget.spend(1);
                Placed from = startsLater(mine, theirs) ? mine : theirs;
                Placed to = endsEarlier(mine, theirs) ? mine : theirs;
                Span span = new Span(
                        from.span().low(),
                        from.span().lowClosed(),
                        to.span().high(),
                        to.span().highClosed());
                if (from.low() < to.high() || (from.low() == to.high() && span.lowClosed() && span.highClosed())) {
                    shared.add(new Placed(span, from.low(), to.high()));
                }
            }
        }
        return shared;
    }

    private static boolean startsLater(Placed one, Placed other) {
        return one.low() > other.low()
                || (one.low() == other.low() && !one.span().lowClosed());
    }

    private static boolean endsEarlier(Placed one, Placed other) {
        return one.high() < other.high()
                || (one.high() == other.high() && !one.span().highClosed());
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
}
