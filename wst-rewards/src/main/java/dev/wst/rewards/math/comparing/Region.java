package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Braced;
import dev.wst.rewards.math.algebra.Node.Bracketed;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.Constant;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Relation;
import dev.wst.rewards.math.algebra.Node.SetOperation;
import dev.wst.rewards.math.algebra.Node.Several;
import dev.wst.rewards.math.algebra.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A set of real numbers as intervals and points, as it was written: not yet sorted or joined.
 *
 * @param spans the pieces
 * @param variable what the set is about, if it was given by relations: "x" in x > 5
 */
record Region(List<Span> spans, Optional<Node> variable) {

    /** An interval; its ends may be infinite. A point is a closed interval from itself to itself. */
    record Span(Node low, boolean lowClosed, Node high, boolean highClosed) {
        static Span point(Node at) {
            return new Span(at, true, at, true);
        }
    }

    static final Node MINUS_INFINITY = Node.negated(Constant.INFINITY);

    private static final Span LINE = new Span(MINUS_INFINITY, false, Constant.INFINITY, false);

    /** The region that an interval, a union, a set of points or a relation describes; empty if it is none. */
    static Optional<Region> of(Node node, Budget budget) {
        if (node instanceof Chain chain) {
            return ofChain(chain, budget);
        }
        List<Span> spans = new ArrayList<>();
        return collect(node, spans, budget)
                ? Optional.of(new Region(List.copyOf(spans), Optional.empty()))
                : Optional.empty();
    }

    private static boolean collect(Node node, List<Span> spans, Budget budget) {
        if (node instanceof Bracketed bracketed && bracketed.items().size() == 2) {
            Node low = bracketed.items().get(0);
            Node high = bracketed.items().get(1);
            spans.add(new Span(low, bracketed.open() == '[', high, bracketed.close() == ']'));
            return isEnd(low) && isEnd(high);
        }
        if (node instanceof Braced || node instanceof Several) {
            Trees.children(node).forEach(item -> spans.add(Span.point(item)));
            return Trees.children(node).stream().allMatch(Region::isEnd);
        }
        if (node instanceof Name name && name.name().equals("R")) {
            spans.add(LINE);
            return true;
        }
        return node instanceof SetOperation operation && operation(operation, spans, budget);
    }

    private static boolean operation(SetOperation operation, List<Span> spans, Budget budget) {
        if (operation.operation() == '\u222A') {
            return operation.sets().stream().allMatch(set -> collect(set, spans, budget));
        }
        if (operation.operation() != '\u2216' || operation.sets().size() != 2) {
            return false;
        }
        List<Span> whole = new ArrayList<>();
        List<Span> holes = new ArrayList<>();
        boolean readable = collect(operation.sets().get(0), whole, budget)
                && collect(operation.sets().get(1), holes, budget);
        if (!readable || whole.size() != 1) {
            return false;
        }
        Optional<List<Node>> sorted = sorted(holes, budget);
        sorted.ifPresent(places -> spans.addAll(without(places, whole.get(0))));
        return sorted.isPresent();
    }

    /** The points in order; empty if some are no points or, of several, cannot be placed. */
    private static Optional<List<Node>> sorted(List<Span> points, Budget budget) {
        boolean allPoints = points.stream().allMatch(point -> point.low().equals(point.high()));
        List<Node> places = points.stream().map(Span::low).distinct().toList();
        if (!allPoints || places.size() < 2) {
            return allPoints ? Optional.of(places) : Optional.empty();
        }
        Map<Node, Double> where = new HashMap<>();
        places.forEach(place -> where.put(place, Places.of(place, budget)));
        return where.values().stream().anyMatch(place -> place.isNaN())
                ? Optional.empty()
                : Optional.of(
                        places.stream().sorted(Comparator.comparing(where::get)).toList());
    }

    private static List<Span> without(List<Node> holes, Span whole) {
        List<Span> parts = new ArrayList<>();
        Span rest = whole;
        for (Node hole : holes) {
            parts.add(new Span(rest.low(), rest.lowClosed(), hole, false));
            rest = new Span(hole, false, rest.high(), rest.highClosed());
        }
        parts.add(rest);
        return parts;
    }

    /** Whether these are two values in brackets: a point or an interval. */
    static boolean isBracketPair(Node node) {
        return node instanceof Bracketed bracketed && bracketed.items().size() == 2;
    }

    /** Whether a pair in brackets can be no point. */
    static boolean isCertainlyInterval(Node node) {
        return node instanceof Bracketed pair
                && ((pair.open() == '(') != (pair.close() == ')')
                        || pair.items().contains(Constant.INFINITY)
                        || pair.items().contains(MINUS_INFINITY));
    }

    private static boolean isEnd(Node node) {
        return !(node instanceof Bracketed
                || node instanceof Chain
                || node instanceof Braced
                || node instanceof Several
                || node instanceof Node.Matrix
                || node instanceof SetOperation
                || node instanceof Node.Words);
    }

    private static Optional<Region> ofChain(Chain chain, Budget budget) {
        List<Node> sides = chain.sides();
        List<Relation> relations = chain.relations();
        if (relations.size() == 1 && relations.get(0) == Relation.IN) {
            return of(sides.get(1), budget).map(region -> new Region(region.spans(), Optional.of(sides.get(0))));
        }
        if (relations.size() == 2
                && relations.get(0).isOrder()
                && relations.get(1).isOrder()) {
            return between(sides, relations);
        }
        return relations.size() == 1
                ? Inequalities.solved(sides.get(0), relations.get(0), sides.get(1), budget)
                : Optional.empty();
    }

    /** a < x <= b, or b >= x > a. */
    private static Optional<Region> between(List<Node> sides, List<Relation> relations) {
        Relation first = relations.get(0);
        Relation second = relations.get(1);
        if (first.isUpward() != second.isUpward() || Trees.hasNames(sides.get(0)) || Trees.hasNames(sides.get(2))) {
            return Optional.empty();
        }
        if (!Heads.isVariable(sides.get(1))) {
            return Optional.empty();
        }
        Span span = first.isUpward()
                ? new Span(sides.get(0), !first.isStrict(), sides.get(2), !second.isStrict())
                : new Span(sides.get(2), !second.isStrict(), sides.get(0), !first.isStrict());
        return Optional.of(new Region(List.of(span), Optional.of(sides.get(1))));
    }
}
