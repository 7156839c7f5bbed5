package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Atoms;
import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Exponents;
import dev.wst.rewards.math.algebra.Form;
import dev.wst.rewards.math.algebra.Monomial;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Constant;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Sum;
import dev.wst.rewards.math.algebra.PolynomialTree;
import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.algebra.Slices;
import dev.wst.rewards.math.algebra.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads definite integrals of polynomials and puts their values in. What stands inside ends at "dx"; powers that are no whole
 * numbers are integrated over positive numbers only.
 */
final class Integrals {
    private static final Name DIFFERENTIAL = new Name("d");

    private final Cursor cursor;
    private final ScalarParser scalars;
    private final AtomParser bounds;

    /** The last term of what is integrated, the variable, and factors behind the differential. */
    private record Last(List<Node> factors, Name variable, List<Node> behind) {}

    Integrals(Cursor cursor, ScalarParser scalars, AtomParser bounds) {
        this.cursor = cursor;
        this.scalars = scalars;
        this.bounds = bounds;
    }

    /** The integral whose sign was just read. */
    Node read() {
        cursor.expect("_");
        Node from = bounds.argument();
        cursor.expect("^");
        Node to = bounds.argument();
        List<Node> terms = new ArrayList<>();
        while (true) {
            List<Node> factors = new ArrayList<>();
            flatten(scalars.signedTerm(), factors);
            int differential = factors.indexOf(DIFFERENTIAL);
            if (differential >= 0) {
                Last last = last(factors, differential);
                terms.add(product(last.factors()));
                Node value = between(new Sum(List.copyOf(terms)), last.variable(), from, to);
                List<Node> whole = new ArrayList<>(List.of(value));
                whole.addAll(last.behind());
                return product(whole);
            }
            terms.add(product(factors));
            if (!cursor.peek().is("+") && !cursor.peek().is("-")) {
                throw BigOperators.notCarriedOut();
            }
        }
    }

    private static void flatten(Node node, List<Node> factors) {
        if (node instanceof Product product) {
            product.factors().forEach(factor -> flatten(factor, factors));
        } else {
            factors.add(node);
        }
    }

    private static Node product(List<Node> factors) {
        return factors.isEmpty() ? Node.Numeral.of(1) : ScalarParser.product(factors);
    }

    private static Last last(List<Node> factors, int differential) {
        boolean named = differential + 1 < factors.size() && factors.get(differential + 1) instanceof Name;
        if (!named) {
            throw BigOperators.notCarriedOut();
        }
        Name variable = (Name) factors.get(differential + 1);
        List<Node> behind = factors.subList(differential + 2, factors.size());
        boolean clear = behind.stream()
                .noneMatch(factor -> Trees.any(factor, part -> part.equals(DIFFERENTIAL) || part.equals(variable)));
        if (!clear) {
            throw BigOperators.notCarriedOut();
        }
        return new Last(factors.subList(0, differential), variable, behind);
    }

    private Node between(Node inside, Name variable, Node from, Node to) {
        boolean infinite = Trees.any(new Sum(List.of(from, to)), part -> part == Constant.INFINITY);
        if (infinite || Trees.any(inside, part -> part.equals(DIFFERENTIAL))) {
            throw BigOperators.notCarriedOut();
        }
        Budget budget = cursor.budget();
        Atoms atoms = new Atoms();
        int atom = atoms.variable(variable.name());
        Form form = form(inside, atoms, budget);
        boolean positive = isPositive(from) && isPositive(to);
        Map<Monomial, Rational> integrated = new TreeMap<>();
        for (Map.Entry<Monomial, Rational> term : form.numerator().terms().entrySet()) {
            int exponent = exponent(term.getKey(), atom);
            boolean power = exponent >= 0 && exponent % Monomial.UNIT == 0;
            if (exponent == -Monomial.UNIT || !(power || positive)) {
                throw BigOperators.notCarriedOut();
            }
            Rational divisor = Rational.of(exponent + (long) Monomial.UNIT, Monomial.UNIT);
            integrated.put(
                    term.getKey().times(Monomial.of(atom, Monomial.UNIT)),
                    term.getValue().over(divisor));
        }
        Node area = PolynomialTree.of(integrated, atoms);
        return new Sum(List.of(with(area, variable, to), Node.negated(with(area, variable, from))));
    }

    private static Form form(Node inside, Atoms atoms, Budget budget) {
        Form form = new Canonical(atoms, budget).of(inside);
        boolean polynomial =
                form.denominator().constant().filter(Rational::isOne).isPresent()
                        && Slices.inVariables(form.numerator(), atoms);
        if (!polynomial) {
            throw BigOperators.notCarriedOut();
        }
        return form;
    }

    private static boolean isPositive(Node bound) {
        Rational value = Exponents.rational(bound);
        return value != null && value.signum() > 0;
    }

    static int exponent(Monomial monomial, int atom) {
        for (int position = 0; position < monomial.size(); position++) {
            if (monomial.atom(position) == atom) {
                return monomial.exponent(position);
            }
        }
        return 0;
    }

    private static Node with(Node area, Name variable, Node bound) {
        return Trees.mapped(area, part -> part.equals(variable) ? bound : part);
    }
}
