package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Atoms;
import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Form;
import dev.wst.rewards.math.algebra.Monomial;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Constant;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Relation;
import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.algebra.Trees;
import dev.wst.rewards.math.comparing.Region.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Solves a relation for its only variable, where that is linear. */
final class Inequalities {
    private Inequalities() {}

    /** The values for which the relation holds; empty if they are not found this way. */
    static Optional<Region> solved(Node left, Relation relation, Node right, Budget budget) {
        if (!relation.isOrder() && relation != Relation.NOT_EQUAL) {
            return Optional.empty();
        }
        if (Heads.isVariable(left) && !Trees.hasNames(right)) {
            return Optional.of(region(left, relation, right));
        }
        if (Heads.isVariable(right) && !Trees.hasNames(left)) {
            return Optional.of(region(right, relation.flipped(), left));
        }
        return linear(left, relation, right, budget);
    }

    private static Region region(Node variable, Relation relation, Node bound) {
        Span below = new Span(Region.MINUS_INFINITY, false, bound, relation == Relation.AT_MOST);
        Span above = new Span(bound, relation == Relation.AT_LEAST, Constant.INFINITY, false);
        List<Span> spans =
                relation == Relation.NOT_EQUAL ? List.of(below, above) : List.of(relation.isUpward() ? below : above);
        return new Region(spans, Optional.of(variable));
    }

    /** ax + b over 0 with rational a and b. */
    private static Optional<Region> linear(Node left, Relation relation, Node right, Budget budget) {
        try {
            Atoms atoms = new Atoms();
            Canonical canonical = new Canonical(atoms, budget);
            Form difference = canonical
                    .of(left)
                    .plus(canonical.of(right).times(Form.of(Rational.MINUS_ONE), atoms, budget), atoms, budget);
            List<String> names = List.copyOf(Trees.names(new Node.Sum(List.of(left, right))));
            if (names.size() != 1 || !difference.isPolynomial()) {
                return Optional.empty();
            }
            Monomial variable = Monomial.of(atoms.variable(names.get(0)), Monomial.UNIT);
            Map<Monomial, Rational> terms = difference.numerator().terms();
            Rational slope = terms.get(variable);
            int others = terms.containsKey(Monomial.ONE) ? 2 : 1;
            if (slope == null || terms.size() != others) {
                return Optional.empty();
            }
            Rational bound =
                    terms.getOrDefault(Monomial.ONE, Rational.ZERO).negate().times(slope.inverse(), budget);
            Relation solved = slope.signum() > 0 ? relation : relation.flipped();
            return Optional.of(region(new Node.Name(names.get(0)), solved, Numeral.of(bound)));
        } catch (Budget.Exhausted | ArithmeticException | Canonical.NotScalar notLinear) {
            return Optional.empty();
        }
    }
}
