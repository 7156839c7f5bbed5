package dev.wst.rewards.math;

import dev.wst.rewards.math.Node.Braced;
import dev.wst.rewards.math.Node.Bracketed;
import dev.wst.rewards.math.Node.Chain;
import dev.wst.rewards.math.Node.Constant;
import dev.wst.rewards.math.Node.Name;
import dev.wst.rewards.math.Node.Relation;
import dev.wst.rewards.math.Node.SetOperation;
import dev.wst.rewards.math.Node.Several;
import java.util.ArrayList;
import java.util.List;
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
    static Optional<Region> of(Node node) {
        if (node instanceof Chain chain) {
            return ofChain(chain);
        }
        List<Span> spans = new ArrayList<>();
        return collect(node, spans) ? Optional.of(new Region(List.copyOf(spans), Optional.empty())) : Optional.empty();
    }

    private static boolean collect(Node node, List<Span> spans) {
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
        return node instanceof SetOperation operation && operation(operation, spans);
    }

    private static boolean operation(SetOperation operation, List<Span> spans) {
        if (operation.operation() == '\u222A') {
            return operation.sets().stream().allMatch(set -> collect(set, spans));
        }
        if (operation.operation() != '\u2216' || operation.sets().size() != 2) {
            return false;
        }
        List<Span> whole = new ArrayList<>();
        List<Span> holes = new ArrayList<>();
        boolean readable = collect(operation.sets().get(0), whole)
                && collect(operation.sets().get(1), holes);
        if (!readable
                || whole.size() != 1
                || holes.size() != 1
                || !holes.get(0).low().equals(holes.get(0).high())) {
            return false;
        }
        Node hole = holes.get(0).low();
        spans.add(new Span(whole.get(0).low(), whole.get(0).lowClosed(), hole, false));
        spans.add(new Span(hole, false, whole.get(0).high(), whole.get(0).highClosed()));
        return true;
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

    private static Optional<Region> ofChain(Chain chain) {
        List<Node> sides = chain.sides();
        List<Relation> relations = chain.relations();
        if (relations.size() == 1 && relations.get(0) == Relation.IN) {
            return of(sides.get(1)).map(region -> new Region(region.spans(), Optional.of(sides.get(0))));
        }
        if (relations.size() == 2
                && relations.get(0).isOrder()
                && relations.get(1).isOrder()) {
            return between(sides, relations);
        }
        return relations.size() == 1
                ? Inequalities.solved(sides.get(0), relations.get(0), sides.get(1))
                : Optional.empty();
    }

    /** a < x <= b, or b >= x > a. */
    private static Optional<Region> between(List<Node> sides, List<Relation> relations) {
        Relation first = relations.get(0);
        Relation second = relations.get(1);
        if (first.isUpward() != second.isUpward() || Trees.hasNames(sides.get(0)) || Trees.hasNames(sides.get(2))) {
            return Optional.empty();
        }
        if (!Heads.isName(sides.get(1))) {
            return Optional.empty();
        }
        Span span = first.isUpward()
                ? new Span(sides.get(0), !first.isStrict(), sides.get(2), !second.isStrict())
                : new Span(sides.get(2), !second.isStrict(), sides.get(0), !first.isStrict());
        return Optional.of(new Region(List.of(span), Optional.of(sides.get(1))));
    }

    /** Several relations in one variable: "x < 1 or x > 3", or both at once if either alone would leave nothing out. */
    static Optional<Region> ofAll(List<Node> relations) {
        List<Span> spans = new ArrayList<>();
        Optional<Node> variable = Optional.empty();
        for (Node relation : relations) {
            Optional<Region> region = relation instanceof Chain ? of(relation) : Optional.empty();
            if (region.isEmpty()
                    || (variable.isPresent() && !variable.equals(region.get().variable()))) {
                return Optional.empty();
            }
            variable = region.get().variable();
            spans.addAll(region.get().spans());
        }
        return Optional.of(new Region(List.copyOf(spans), variable));
    }
}
