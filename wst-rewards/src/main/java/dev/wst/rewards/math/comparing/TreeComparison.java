package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Braced;
import dev.wst.rewards.math.algebra.Node.Bracketed;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.Matrix;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.SetOperation;
import dev.wst.rewards.math.algebra.Node.Several;
import dev.wst.rewards.math.algebra.Trees;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import java.util.List;
import java.util.Optional;

/** Compares two answers as trees: lists, sets, points, matrices, relations, and in the end values. */
final class TreeComparison {
    /** A decimal said to be approximate needs no more digits than this to be checked. */
    private static final int ROUGHLY = 2;

    private final ValueComparison values;
    private final ScalarComparison roundings;
    private final RegionComparison regions;
    private final RelationComparison relations;
    private final Sides sides;
    private final ListComparison lists;
    private final LabelledTuples tuples;
    private final ResidueComparison residues;
    private final Budget budget;

    TreeComparison(Leniency leniency, Budget budget) {
        this.budget = budget;
        this.values = new ValueComparison(leniency, budget);
        this.roundings = new ScalarComparison(ROUGHLY, budget);
        this.regions = new RegionComparison(values, budget);
        this.relations = new RelationComparison(budget, this);
        this.sides = new Sides(budget);
        this.lists = new ListComparison(this, budget);
        this.tuples = new LabelledTuples(lists);
        this.residues = new ResidueComparison(this);
    }

    Verdict compare(Node one, Node other) {
        budget.spend(1);
        Node left = Shapes.simplified(one);
        Node right = Shapes.simplified(other);
        List<Node> mine = Items.of(Shapes.expanded(left, right));
        List<Node> theirs = Items.of(Shapes.expanded(right, left));
        Optional<Verdict> points = tuples.compare(mine, theirs);
        if (points.isPresent()) {
            return points.get();
        }
        if (mine.size() == 1 && theirs.size() == 1) {
            return single(mine.get(0), theirs.get(0));
        }
        if (mine.size() == 1 || theirs.size() == 1) {
            return mine.size() == 1 ? against(mine.get(0), theirs) : against(theirs.get(0), mine);
        }
        return lists.several(mine, theirs);
    }

    /** One answer against several: a set, a point, or an interval given by two relations. */
    private Verdict against(Node one, List<Node> several) {
        Node value = Heads.assignment(one).map(Heads.Assignment::value).orElse(one);
        if (value instanceof Braced braced) {
            return lists.sets(Items.of(new Several(braced.items())), several);
        }
        Optional<Region> left = Region.of(value, budget);
        Optional<Region> right = regions.together(several);
        if (left.isPresent() && right.isPresent()) {
            return regions.compare(left.get(), right.get());
        }
        return value instanceof Bracketed bracketed && (bracketed.open() == '(') == (bracketed.close() == ')')
                ? lists.inOrder(bracketed.items(), several)
                : Verdict.different(Basis.TEXT);
    }

    /** One item of a list against another. */
    Verdict single(Node one, Node other) {
        budget.spend(1);
        if (one.equals(other)) {
            return Verdict.equal(Basis.PROOF);
        }
        Optional<Verdict> classes = residues.compare(one, other);
        if (classes.isPresent()) {
            return classes.get();
        }
        boolean chains = one instanceof Chain || other instanceof Chain;
        return chains ? relation(one, other) : structure(one, other);
    }

    private Verdict relation(Node one, Node other) {
        if (!sides.agree(one) || !sides.agree(other)) {
            return Verdict.different(Basis.PROOF);
        }
        Optional<Heads.Assignment> mine = Heads.assignment(one);
        Optional<Heads.Assignment> theirs = Heads.assignment(other);
        if (mine.isPresent() && theirs.isPresent()) {
            return relations.assignments(mine.get(), theirs.get());
        }
        if (one instanceof Chain left && other instanceof Chain right) {
            Optional<Region> region = Region.of(left, budget);
            Optional<Region> second = Region.of(right, budget);
            return region.isPresent() && second.isPresent()
                    ? regions.compare(region.get(), second.get())
                    : relations.compare(left, right);
        }
        Node bare = one instanceof Chain ? other : one;
        Optional<Heads.Assignment> named = mine.isPresent() ? mine : theirs;
        if (named.isPresent()) {
            Verdict exact = compare(named.get().value(), bare);
            boolean rounded = exact.isDifferent()
                    && isRounding(one == bare ? other : one, named.get().value(), bare);
            return rounded ? Verdict.equal(Basis.ROUNDING) : exact;
        }
        Optional<Region> region = Region.of(one, budget);
        Optional<Region> second = Region.of(other, budget);
        return region.isPresent() && second.isPresent()
                ? regions.compare(region.get(), second.get())
                : Verdict.different(Basis.TEXT);
    }

    /** Whether a chain ends in "approximately" this numeral, and that is a rounding of what stands before. */
    private boolean isRounding(Node chain, Node exact, Node bare) {
        List<Node> sides = ((Chain) chain).sides();
        List<Node.Relation> relations = ((Chain) chain).relations();
        return relations.get(relations.size() - 1) == Node.Relation.APPROXIMATE
                && sides.get(sides.size() - 1) instanceof Numeral shown
                && bare instanceof Numeral numeral
                && shown.value().equals(numeral.value())
                && roundings.compare(exact, shown).isEqual();
    }

    private Verdict structure(Node one, Node other) {
        if (one instanceof Matrix || other instanceof Matrix) {
            return lists.matrices(one, other);
        }
        if (one instanceof SetOperation || other instanceof SetOperation) {
            return setOperations(one, other);
        }
        if (one instanceof Braced || other instanceof Braced) {
            boolean brackets = one instanceof Bracketed || other instanceof Bracketed;
            return brackets ? Verdict.different(Basis.TEXT) : lists.sets(Shapes.members(one), Shapes.members(other));
        }
        if (one instanceof Bracketed || other instanceof Bracketed) {
            Node left = Shapes.point(one);
            Node right = Shapes.point(other);
            if (left instanceof Bracketed mine && right instanceof Bracketed theirs) {
                return brackets(mine, theirs);
            }
            return mixed(one, other);
        }
        try {
            return values.compare(one, other);
        } catch (Canonical.NotScalar otherShape) {
            return Verdict.different(Basis.TEXT);
        }
    }

    /** Whether every value in a tree can be told from zero. */
    boolean canCompute(Node node) {
        budget.spend(1);
        if (isStructure(node)) {
            return Trees.children(node).stream().allMatch(this::canCompute);
        }
        try {
            return Items.of(node).stream()
                    .noneMatch(item -> values.compare(item, Numeral.of(0)).outcome() == Verdict.Outcome.UNDECIDED);
        } catch (Canonical.NotScalar otherShape) {
            return true;
        }
    }

    private static boolean isStructure(Node node) {
        return node instanceof Several
                || node instanceof Braced
                || node instanceof Bracketed
                || node instanceof Matrix
                || node instanceof Chain
                || node instanceof SetOperation;
    }

    private Verdict mixed(Node one, Node other) {
        Optional<Region> left = Region.of(one, budget);
        Optional<Region> right = Region.of(other, budget);
        return left.isPresent() && right.isPresent()
                ? regions.compare(left.get(), right.get())
                : Verdict.different(Basis.TEXT);
    }

    private Verdict brackets(Bracketed left, Bracketed right) {
        boolean pairs = left.items().size() == 2 && right.items().size() == 2;
        boolean sameEnds = left.open() == right.open() && left.close() == right.close();
        return pairs && !sameEnds ? Verdict.different(Basis.TEXT) : lists.inOrder(left.items(), right.items());
    }

    private Verdict setOperations(Node one, Node other) {
        Optional<Region> left = Region.of(one, budget);
        Optional<Region> right = Region.of(other, budget);
        if (left.isPresent() && right.isPresent()) {
            return regions.compare(left.get(), right.get());
        }
        if (one instanceof SetOperation mine
                && other instanceof SetOperation theirs
                && mine.operation() == theirs.operation()) {
            return mine.operation() == '\u2216'
                    ? lists.inOrder(mine.sets(), theirs.sets())
                    : lists.sets(mine.sets(), theirs.sets());
        }
        return Verdict.different(Basis.TEXT);
    }
}
