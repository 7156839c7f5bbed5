package dev.wst.rewards.math.algebra;

import dev.wst.rewards.math.algebra.Node.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes apart what decides the sign of a quotient of polynomials. */
public final class Factors {
    private Factors() {}

    /** Polynomials whose signs multiply to that of the form: variables alone, a rest that leads with one, perhaps -1. */
    public static List<Polynomial> of(Form form, Atoms atoms, Budget budget) {
        List<Polynomial> factors = new ArrayList<>();
        add(factors, form.numerator(), atoms, budget);
        add(factors, form.denominator(), atoms, budget);
        return factors;
    }

    private static void add(List<Polynomial> factors, Polynomial polynomial, Atoms atoms, Budget budget) {
        Monomial content = content(polynomial, atoms);
        Polynomial rest = polynomial.times(Polynomial.of(content.power(-1, 1), Rational.ONE), atoms, budget);
        for (int position = 0; position < content.size(); position++) {
            int power = content.exponent(position);
            boolean even = power % (2 * Monomial.UNIT) == 0;
            if (!even) {
                int whole = power % Monomial.UNIT == 0 ? Monomial.UNIT : power;
                factors.add(Polynomial.of(Monomial.of(content.atom(position), whole), Rational.ONE));
            }
        }
        Rational leading = rest.leading();
        factors.add(Polynomial.of(Rational.of(leading.signum())));
        factors.add(rest.times(leading.abs().inverse(), budget).times(Rational.of(leading.signum()), budget));
    }

    /** The power of each variable that stands in every term, negative ones included. */
    private static Monomial content(Polynomial polynomial, Atoms atoms) {
        Map<Integer, Integer> least = new TreeMap<>();
        Map<Integer, Integer> times = new TreeMap<>();
        for (Monomial monomial : polynomial.terms().keySet()) {
            for (int position = 0; position < monomial.size(); position++) {
                int atom = monomial.atom(position);
                if (atoms.kind(atom) == Atoms.Kind.VARIABLE || atoms.kind(atom) == Atoms.Kind.OPAQUE) {
                    least.merge(atom, monomial.exponent(position), Math::min);
                    times.merge(atom, 1, Integer::sum);
                }
            }
        }
        Monomial content = Monomial.ONE;
        for (Map.Entry<Integer, Integer> power : least.entrySet()) {
            boolean everywhere = polynomial.terms().size() == times.getOrDefault(power.getKey(), 0);
            int exponent = everywhere ? power.getValue() : Math.min(0, power.getValue());
            content = exponent == 0 ? content : content.times(Monomial.of(power.getKey(), exponent));
        }
        return content;
    }

    /** Whether something that is no polynomial in variables stands under an even root, where its square has a corner. */
    public static boolean hasOtherRadicand(Node node, Canonical canonical, Atoms atoms) {
        return Trees.any(node, part -> {
            if (!(part instanceof Power power) || !Trees.hasNames(power.base())) {
                return false;
            }
            Rational exponent = Exponents.rational(power.exponent());
            if (exponent == null || exponent.denominator().testBit(0)) {
                return false;
            }
            Form form = canonical.of(power.base());
            return !Slices.inVariables(form.numerator(), atoms) || !Slices.inVariables(form.denominator(), atoms);
        });
    }

    /** What stands under roots, whose zeros may divide a case into pieces; what is no polynomial is left out. */
    public static List<Polynomial> radicands(Node node, Canonical canonical, Atoms atoms) {
        List<Polynomial> found = new ArrayList<>();
        Trees.any(node, part -> {
            if (part instanceof Power power && Trees.hasNames(power.base())) {
                Rational exponent = Exponents.rational(power.exponent());
                if (exponent != null && !exponent.isInteger()) {
                    Form form = canonical.of(power.base());
                    List.of(form.numerator(), form.denominator()).stream()
                            .filter(polynomial -> Slices.inVariables(polynomial, atoms))
                            .forEach(found::add);
                }
            }
            return false;
        });
        return found;
    }
}
