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
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Polynomial;
import dev.wst.rewards.math.algebra.PolynomialTree;
import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.algebra.Slices;
import dev.wst.rewards.math.algebra.Trees;
import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads limits of quotients of polynomials: at a number by putting it in, once common zeros are divided out, and at infinity
 * by the leading terms. A sum behind the sign must stand in brackets, since it is not clear whether all of it is meant.
 */
final class QuotientLimits {
    private static final int MOST_DEGREE = 30;

    private final Cursor cursor;
    private final ScalarParser scalars;

    QuotientLimits(Cursor cursor, ScalarParser scalars) {
        this.cursor = cursor;
        this.scalars = scalars;
    }

    /** The limit whose sign was just read. */
    Node read() {
        cursor.expect("_");
        cursor.expect("{");
        Lexeme variable = cursor.next();
        Lexeme to = cursor.next();
        if (variable.kind() != Kind.NAME || !to.text().equals("to")) {
            throw BigOperators.notCarriedOut();
        }
        Node place = scalars.sum();
        cursor.expect("}");
        Node body = scalars.term();
        if (cursor.peek().is("+") || cursor.peek().is("-")) {
            throw BigOperators.notCarriedOut();
        }
        return of(body, new Name(variable.text()), place).orElseThrow(BigOperators::notCarriedOut);
    }

    private Optional<Node> of(Node body, Name variable, Node place) {
        Budget budget = cursor.budget();
        Atoms atoms = new Atoms();
        int atom = atoms.variable(variable.name());
        Form form = new Canonical(atoms, budget).of(body);
        if (!Slices.inVariables(form.numerator(), atoms) || !Slices.inVariables(form.denominator(), atoms)) {
            return Optional.empty();
        }
        boolean infinite = place == Constant.INFINITY || place.equals(Node.negated(Constant.INFINITY));
        Rational number = Exponents.rational(place);
        Optional<List<Rational>> above = coefficients(form.numerator(), form.numerator(), atom);
        Optional<List<Rational>> below = coefficients(form.denominator(), form.numerator(), atom);
        if (above.isPresent() && below.isPresent() && (infinite || number != null)) {
            return number == null
                    ? Optional.of(atInfinity(above.get(), below.get(), place == Constant.INFINITY))
                    : at(number, new ArrayList<>(above.get()), new ArrayList<>(below.get()));
        }
        boolean whole = form.isPolynomial() && !infinite && isWhole(form.numerator(), atom);
        return whole
                ? Optional.of(Trees.mapped(
                        PolynomialTree.of(form.numerator().terms(), atoms),
                        part -> part.equals(variable) ? place : part))
                : Optional.empty();
    }

    private static boolean isWhole(Polynomial polynomial, int atom) {
        return polynomial.terms().keySet().stream()
                .mapToInt(monomial -> Integrals.exponent(monomial, atom))
                .allMatch(exponent -> exponent >= 0 && exponent % Monomial.UNIT == 0);
    }

    /**
     * The coefficients in the one variable, the lowest first, of a polynomial times the power that leaves no negative one in
     * another; empty if it has other generators or roots.
     */
    private static Optional<List<Rational>> coefficients(Polynomial polynomial, Polynomial shifting, int atom) {
        int least = 0;
        for (Monomial monomial : shifting.terms().keySet()) {
            least = Math.min(least, Integrals.exponent(monomial, atom));
        }
        List<Rational> coefficients = new ArrayList<>();
        for (Map.Entry<Monomial, Rational> term : polynomial.terms().entrySet()) {
            int units = Integrals.exponent(term.getKey(), atom) - least;
            boolean alone = term.getKey().size() == 0
                    || (term.getKey().size() == 1 && term.getKey().atom(0) == atom);
            if (!alone || units % Monomial.UNIT != 0 || units / Monomial.UNIT > MOST_DEGREE) {
                return Optional.empty();
            }
            while (coefficients.size() <= units / Monomial.UNIT) {
                coefficients.add(Rational.ZERO);
            }
            coefficients.set(units / Monomial.UNIT, term.getValue());
        }
        return Optional.of(coefficients);
    }

    private static Node atInfinity(List<Rational> above, List<Rational> below, boolean positive) {
        if (above.size() < below.size()) {
            return Numeral.of(0);
        }
        Rational leading = above.get(above.size() - 1).over(below.get(below.size() - 1));
        int degree = above.size() - below.size();
        if (degree == 0) {
            return Numeral.of(leading);
        }
        boolean up = leading.signum() > 0 == (positive || degree % 2 == 0);
        return up ? Constant.INFINITY : Node.negated(Constant.INFINITY);
    }

    private Optional<Node> at(Rational place, List<Rational> above, List<Rational> below) {
        if (above.isEmpty()) {
            return Optional.of(Numeral.of(0));
        }
        while (below.size() > 1
                && value(above, place).isZero()
                && value(below, place).isZero()) {
            divide(above, place);
            divide(below, place);
        }
        Rational divisor = value(below, place);
        return divisor.isZero()
                ? Optional.empty()
                : Optional.of(Numeral.of(value(above, place).over(divisor)));
    }

    private Rational value(List<Rational> coefficients, Rational place) {
        Rational value = Rational.ZERO;
        for (int i = coefficients.size() - 1; i >= 0; i--) {
            value = value.times(place, cursor.budget()).plus(coefficients.get(i), cursor.budget());
        }
        return value;
    }

    /** By x less a zero, as Horner does. */
    private void divide(List<Rational> coefficients, Rational zero) {
        Rational carried = Rational.ZERO;
        for (int i = coefficients.size() - 1; i >= 0; i--) {
            Rational next = carried.times(zero, cursor.budget()).plus(coefficients.get(i), cursor.budget());
            coefficients.set(i, carried);
            carried = next;
        }
        coefficients.remove(coefficients.size() - 1);
    }
}
