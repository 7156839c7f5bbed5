package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Atoms;
import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Conditions;
import dev.wst.rewards.math.algebra.Factors;
import dev.wst.rewards.math.algebra.Form;
import dev.wst.rewards.math.algebra.Monomial;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Polynomial;
import dev.wst.rewards.math.algebra.PolynomialTree;
import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.algebra.Slices;
import dev.wst.rewards.math.algebra.Trees;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares what has signs where these are zero: a sign jumps there, so that agreement on both sides says nothing. A factor of
 * what stands inside is either never zero, or is solved for a variable in which it is linear, and the answers are compared
 * once more with that put in. Where neither can be done it is undecided.
 */
final class SignZeros {
    private static final Verdict OPEN = Verdict.undecided("a sign whose zeros are not known");

    private final Atoms atoms;
    private final Canonical canonical;
    private final Budget budget;

    SignZeros(Atoms atoms, Canonical canonical, Budget budget) {
        this.atoms = atoms;
        this.canonical = canonical;
        this.budget = budget;
    }

    /** Whether a tree has the sign of something that depends on names. */
    static boolean in(Node node) {
        return Trees.any(node, part -> isSign(part) && Trees.hasNames(part));
    }

    private static boolean isSign(Node node) {
        return node instanceof Call call && call.function().equals("sgn");
    }

    /** The verdict at these places, for answers that agree elsewhere. */
    Verdict compare(Node one, Node other) {
        List<Call> signs = new ArrayList<>();
        for (Node node : List.of(one, other)) {
            Trees.any(node, part -> {
                if (isSign(part) && Trees.hasNames(part) && !signs.contains(part)) {
                    signs.add((Call) part);
                }
                return false;
            });
        }
        Verdict all = Verdict.equal(Basis.PROOF);
        for (Call sign : signs) {
            all = all.isDifferent()
                    ? all
                    : JoinedVerdicts.both(all, atZeros(sign.arguments().get(0), one, other));
        }
        return all;
    }

    private Verdict atZeros(Node inside, Node one, Node other) {
        Form form;
        try {
            form = canonical.of(inside);
        } catch (ArithmeticException undefined) {
            return OPEN;
        }
        Verdict all = Verdict.equal(Basis.PROOF);
        if (form.numerator().isZero()) {
            return all;
        }
        for (Polynomial factor : factors(form)) {
            if (factor.constant().isPresent() || isNeverZero(factor)) {
                continue;
            }
            Optional<Verdict> there = atZero(factor, one, other);
            all = JoinedVerdicts.both(all, there.orElse(OPEN));
        }
        return all;
    }

    /** All that may be zero, those that do not change the sign there included. */
    private List<Polynomial> factors(Form form) {
        List<Polynomial> factors = new ArrayList<>(Factors.of(form, atoms, budget));
        for (int variable : new TreeSet<>(variables(form.numerator()))) {
            boolean everywhere =
                    form.numerator().terms().keySet().stream().allMatch(monomial -> has(monomial, variable));
            if (everywhere) {
                factors.add(Polynomial.of(Monomial.of(variable, Monomial.UNIT), Rational.ONE));
            }
        }
        return factors;
    }

    /** Whether the polynomial stays further from zero than half its constant term. */
    private boolean isNeverZero(Polynomial factor) {
        Rational constant = factor.terms().getOrDefault(Monomial.ONE, Rational.ZERO);
        if (constant.isZero()) {
            return false;
        }
        Polynomial beyond = factor.plus(Polynomial.of(constant.times(Rational.of(-1, 2))), budget);
        return new Conditions(List.of(), atoms, budget)
                .with(beyond, constant.signum() < 0)
                .contradict();
    }

    private Optional<Verdict> atZero(Polynomial factor, Node one, Node other) {
        for (int variable : new TreeSet<>(variables(factor))) {
            Monomial linear = Monomial.of(variable, Monomial.UNIT);
            Rational slope = factor.terms().getOrDefault(linear, Rational.ZERO);
            boolean solvable = !slope.isZero()
                    && factor.terms().keySet().stream()
                            .allMatch(monomial -> monomial.equals(linear) || !has(monomial, variable))
                    && Slices.inVariables(factor, atoms);
            if (solvable) {
                Polynomial rest = factor.plus(Polynomial.of(linear, slope.negate()), budget)
                        .times(slope.inverse().negate(), budget);
                Node zero = PolynomialTree.of(rest.terms(), atoms);
                Node name = atoms.tree(variable);
                return Optional.of(put(with(one, name, zero), with(other, name, zero)));
            }
        }
        return Optional.empty();
    }

    /** Where neither is defined they agree; where only one is, it is open whether that counts. */
    private Verdict put(Node one, Node other) {
        if (isUndefined(one) || isUndefined(other)) {
            return isUndefined(one) && isUndefined(other) ? Verdict.equal(Basis.PROOF) : OPEN;
        }
        return new ScalarComparison(Integer.MAX_VALUE, budget).compare(one, other);
    }

    private boolean isUndefined(Node node) {
        try {
            canonical.of(node);
            return false;
        } catch (ArithmeticException undefined) {
            return true;
        }
    }

    private static Node with(Node node, Node name, Node value) {
        return Trees.mapped(node, part -> part.equals(name) ? value : part);
    }

    private List<Integer> variables(Polynomial factor) {
        List<Integer> variables = new ArrayList<>();
        for (Map.Entry<Monomial, Rational> term : factor.terms().entrySet()) {
            for (int position = 0; position < term.getKey().size(); position++) {
                int atom = term.getKey().atom(position);
                if (atoms.kind(atom) == Atoms.Kind.VARIABLE) {
                    variables.add(atom);
                }
            }
        }
        return variables;
    }

    private static boolean has(Monomial monomial, int atom) {
        for (int position = 0; position < monomial.size(); position++) {
            if (monomial.atom(position) == atom) {
                return true;
            }
        }
        return false;
    }
}
