package dev.wst.rewards.math.algebra;

import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Constant;
import dev.wst.rewards.math.algebra.Node.Degrees;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Percent;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Quantity;
import dev.wst.rewards.math.algebra.Node.Sum;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Brings a scalar to its canonical form. Equal forms are equal values; the converse holds for independent generators. */
public final class Canonical {
    private static final int MOST_FACTORIAL = 4000;
    private static final int MOST_FACTORS = 12;

    private final Atoms atoms;
    private final Budget budget;
    private final Powers powers;

    public Canonical(Atoms atoms, Budget budget) {
        this.atoms = atoms;
        this.budget = budget;
        this.powers = new Powers(atoms, budget);
    }

    /**
     * The form of a scalar.
     *
     * @throws ArithmeticException if it divides by zero
     * @throws NotScalar if it is no scalar
     * @throws Budget.Exhausted if it is too large
     */
    public Form of(Node node) {
        budget.spend(1);
        if (node instanceof Numeral numeral) {
            return Form.of(numeral.value());
        }
        if (node instanceof Name name) {
            return generator(atoms.variable(name.name()));
        }
        if (node instanceof Constant constant) {
            return constant(constant);
        }
        if (node instanceof Sum sum) {
            return sum(sum.terms());
        }
        if (node instanceof Product product) {
            return product(product.factors());
        }
        if (node instanceof Power power) {
            return powers.power(of(power.base()), of(power.exponent()));
        }
        if (node instanceof Call call) {
            return call(call);
        }
        if (node instanceof Percent percent) {
            return of(percent.value()).times(Form.of(Rational.of(1, 100)), atoms, budget);
        }
        if (node instanceof Degrees degrees) {
            return of(degrees.value())
                    .times(Form.of(Rational.of(1, 180)), atoms, budget)
                    .times(generator(atoms.pi()), atoms, budget);
        }
        if (node instanceof Quantity quantity) {
            return of(quantity.value());
        }
        throw new NotScalar();
    }

    private Form generator(int atom) {
        return Form.of(Polynomial.of(Monomial.of(atom, Monomial.UNIT), Rational.ONE));
    }

    private Form constant(Constant constant) {
        return switch (constant) {
            case PI -> generator(atoms.pi());
            case E -> generator(atoms.e());
            case I -> generator(atoms.i());
            case INFINITY -> generator(atoms.variable("infinity"));
        };
    }

    private Form sum(List<Node> terms) {
        Form total = Form.of(Rational.ZERO);
        for (Node term : terms) {
            total = total.plus(of(term), atoms, budget);
        }
        return total;
    }

    private Form product(List<Node> factors) {
        Form product = Form.of(Rational.ONE);
        for (Node factor : factors) {
            product = product.times(of(factor), atoms, budget);
        }
        return product;
    }

    private Form call(Call call) {
        return switch (call.function()) {
            case "floor" -> floor(of(call.arguments().get(0)));
            case "ceil" -> negative(floor(negative(of(call.arguments().get(0)))));
            default -> function(call);
        };
    }

    private Form negative(Form form) {
        return form.times(Form.of(Rational.MINUS_ONE), atoms, budget);
    }

    /** What is whole in the constant term stands outside. */
    private Form floor(Form form) {
        Optional<Rational> constant = form.constant();
        if (constant.isPresent()) {
            return Form.of(constant.get().floor(budget));
        }
        Rational term = form.isPolynomial()
                ? form.numerator().terms().getOrDefault(Monomial.ONE, Rational.ZERO)
                : Rational.ZERO;
        Form whole = Form.of(term.floor(budget));
        return generator(opaque("floor" + List.of(form.plus(negative(whole), atoms, budget))))
                .plus(whole, atoms, budget);
    }

    private int opaque(String key) {
        budget.spend(key.length() / Atoms.CHARACTERS_PER_UNIT);
        return atoms.opaque(key);
    }

    private Form function(Call call) {
        List<Form> arguments = new ArrayList<>();
        List<Rational> values = new ArrayList<>();
        for (Node argument : call.arguments()) {
            Form form = of(argument);
            arguments.add(form);
            form.constant().ifPresent(values::add);
        }
        if (values.size() == arguments.size()) {
            Optional<Rational> exact = exact(call.function(), values);
            if (exact.isPresent()) {
                return Form.of(exact.get());
            }
        }
        if (call.function().equals("binomial") && arguments.size() == 2) {
            return binomial(arguments.get(0), arguments.get(1));
        }
        return generator(opaque(call.function() + arguments));
    }

    /** The values of functions of numbers that are numbers again. */
    private Optional<Rational> exact(String function, List<Rational> arguments) {
        Rational first = arguments.get(0);
        return switch (function) {
            case "abs" -> Optional.of(first.abs());
            case "sgn" -> Optional.of(Rational.of(first.signum()));
            case "factorial" -> factorial(first);
            case "binomial" -> binomial(first, arguments.get(1));
            case "max" -> Optional.of(last(arguments, Comparator.naturalOrder()));
            case "min" -> Optional.of(last(arguments, Comparator.reverseOrder()));
            case "ln" -> first.isOne() ? Optional.of(Rational.ZERO) : Optional.empty();
            case "gcd" -> gcd(arguments);
            default -> Optional.empty();
        };
    }

    private Optional<Rational> factorial(Rational n) {
        if (!n.isInteger() || n.signum() < 0) {
            return Optional.empty();
        }
        if (!n.isSmall(MOST_FACTORIAL)) {
            throw new Budget.Exhausted("a factorial beyond " + MOST_FACTORIAL);
        }
        budget.spendOnBits((long) n.intValue() * n.bits());
        budget.spend(n.intValue() / 2);
        BigInteger product = BigInteger.ONE;
        for (int k = 2; k <= n.intValue(); k++) {
            product = product.multiply(BigInteger.valueOf(k));
        }
        return Optional.of(Rational.of(product));
    }

    private Optional<Rational> binomial(Rational n, Rational k) {
        if (!n.isInteger() || !k.isInteger()) {
            return Optional.empty();
        }
        if (!n.isSmall(1_000_000) || !k.isSmall(1000) || n.signum() < 0 || k.signum() < 0) {
            throw new Budget.Exhausted("a binomial coefficient of " + n + " and " + k);
        }
        budget.spend(k.intValue());
        BigInteger product = BigInteger.ONE;
        for (int i = 1; i <= k.intValue(); i++) {
            product = product.multiply(BigInteger.valueOf(n.intValue() - k.intValue() + i))
                    .divide(BigInteger.valueOf(i));
        }
        return Optional.of(Rational.of(product));
    }

    /** n!/(k!(n-k)!), or a polynomial where k is a small number. */
    private Form binomial(Form n, Form k) {
        Optional<Rational> lower = k.constant();
        if (lower.isPresent()
                && lower.get().isInteger()
                && lower.get().signum() >= 0
                && lower.get().isSmall(MOST_FACTORS)) {
            Form product = Form.of(Rational.ONE);
            for (int i = 0; i < lower.get().intValue(); i++) {
                Form factor = n.plus(Form.of(Rational.of(-i)), atoms, budget);
                product = product.times(factor, atoms, budget).times(Form.of(Rational.of(1, i + 1)), atoms, budget);
            }
            return product;
        }
        Form rest = n.plus(negative(k), atoms, budget);
        Form below = factorial(k).times(factorial(rest), atoms, budget);
        return factorial(n).times(below.inverse(atoms, budget), atoms, budget);
    }

    private Form factorial(Form form) {
        Optional<Rational> exact = form.constant().flatMap(this::factorial);
        return exact.isPresent() ? Form.of(exact.get()) : generator(opaque("factorial" + List.of(form)));
    }

    private Optional<Rational> gcd(List<Rational> arguments) {
        return arguments.stream().allMatch(Rational::isInteger)
                ? arguments.stream().reduce(this::gcd)
                : Optional.empty();
    }

    private Rational gcd(Rational one, Rational other) {
        budget.spendOnBits((long) one.bits() + other.bits());
        budget.spendOnReduction(Math.min(one.bits(), other.bits()));
        return Rational.of(one.numerator().gcd(other.numerator()));
    }

    private Rational last(List<Rational> values, Comparator<Rational> order) {
        Rational last = values.get(0);
        for (Rational value : values) {
            budget.spendOnBits((long) last.bits() + value.bits());
            last = order.compare(value, last) > 0 ? value : last;
        }
        return last;
    }

    /** The tree is a set, a matrix, a relation: no scalar. */
    public static final class NotScalar extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotScalar() {
            super("no scalar", null, false, false);
        }
    }
}
