package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.Relation;
import dev.wst.rewards.math.algebra.Node.Sum;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Compares equations and inequalities: equal up to a factor, which must be positive where there is an order. */
final class RelationComparison {
    private final Proportions proportions;
    private final TreeComparison comparison;

    RelationComparison(Budget budget, TreeComparison comparison) {
        this.proportions = new Proportions(budget);
        this.comparison = comparison;
    }

    /** Two values with names: the names must agree, or the equations be the same. */
    Verdict assignments(Heads.Assignment one, Heads.Assignment other) {
        Heads.Assignment mine = Heads.renamed(one);
        Heads.Assignment theirs = Heads.renamed(other);
        if (mine.head().isEmpty()
                || theirs.head().isEmpty()
                || sameHead(mine.head().get(), theirs.head().get())) {
            return comparison.compare(mine.value(), theirs.value());
        }
        return equation(mine, theirs);
    }

    private static boolean sameHead(Node one, Node other) {
        return one.equals(other);
    }

    private Verdict equation(Heads.Assignment one, Heads.Assignment other) {
        boolean functions =
                one.head().orElseThrow() instanceof Call && other.head().orElseThrow() instanceof Call;
        if (functions) {
            return Verdict.different(Basis.TEXT);
        }
        return proportional(
                difference(one.head().get(), one.value()),
                difference(other.head().get(), other.value()),
                false);
    }

    Verdict compare(Chain one, Chain other) {
        if (one.relations().size() != 1 || other.relations().size() != 1) {
            return chains(one, other);
        }
        Relation left = one.relations().get(0);
        Relation right = other.relations().get(0);
        Node mine = difference(one.sides().get(0), one.sides().get(1));
        Node theirs = difference(other.sides().get(0), other.sides().get(1));
        if (left.isOrder() && right.isOrder()) {
            Node upward = left.isUpward() ? mine : Node.negated(mine);
            Node second = right.isUpward() ? theirs : Node.negated(theirs);
            return left.isStrict() == right.isStrict()
                    ? proportional(upward, second, true)
                    : Verdict.different(Basis.TEXT);
        }
        return left == right ? proportional(mine, theirs, false) : Verdict.different(Basis.TEXT);
    }

    /** Longer chains link by link, from either end. */
    private Verdict chains(Chain one, Chain other) {
        if (one.relations().size() != other.relations().size()) {
            return Verdict.different(Basis.TEXT);
        }
        Verdict forward = inOrder(one, other);
        return forward.isEqual() ? forward : JoinedVerdicts.either(forward, inOrder(one, reversed(other)));
    }

    private Verdict inOrder(Chain one, Chain other) {
        if (!one.relations().equals(other.relations())) {
            return Verdict.different(Basis.TEXT);
        }
        Verdict all = Verdict.equal(Basis.PROOF);
        for (int i = 0; i < one.sides().size() && !all.isDifferent(); i++) {
            all = JoinedVerdicts.both(
                    all, comparison.compare(one.sides().get(i), other.sides().get(i)));
        }
        return all;
    }

    private static Chain reversed(Chain chain) {
        List<Node> sides = new ArrayList<>(chain.sides());
        List<Relation> relations = new ArrayList<>(
                chain.relations().stream().map(Relation::flipped).toList());
        Collections.reverse(sides);
        Collections.reverse(relations);
        return new Chain(sides, relations);
    }

    private static Node difference(Node left, Node right) {
        return new Sum(List.of(left, Node.negated(right)));
    }

    private Verdict proportional(Node one, Node other, boolean ordered) {
        try {
            Proportions.Proportion proportion = proportions.of(one, other, ordered);
            boolean wrongWay = ordered && proportion.verdict().isEqual() && proportion.sign() < 0;
            return wrongWay ? Verdict.different(proportion.verdict().basis()) : proportion.verdict();
        } catch (Canonical.NotScalar structure) {
            return Verdict.different(Basis.TEXT);
        }
    }
}
