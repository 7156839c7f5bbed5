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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of a scalar at a {@link Point}, to the digits of a {@link Precision}. A sum whose terms cancel to less than
 * the precision can show counts as zero; that this happened is remembered, so that the caller can look closer.
 */
public final class Evaluator {
    private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");

    private final Point point;
    private final Precision precision;
    private final Budget budget;
    private boolean cancelled;
    private boolean branched;

    public Evaluator(Point point, Precision precision, Budget budget) {
        this.point = point;
        this.precision = precision;
        this.budget = budget;
    }

    /** Whether some sum counted as zero. */
    public boolean cancelled() {
        return cancelled;
    }

    /** Whether a root or logarithm of a negative number was taken, where books mean positive variables. */
    public boolean branched() {
        return branched;
    }

    /**
     * The value.
     *
     * @throws ArithmeticException where it is not defined
     * @throws Canonical.NotScalar if it is no scalar
     * @throws Budget.Exhausted if it cannot be had within bounds
     */
    public Complex of(Node node) {
        budget.spend(precision.digits() / 20);
        if (node instanceof Numeral numeral) {
            budget.spendOnDigits(numeral.value().bits());
            return Complex.real(precision.of(numeral.value()));
        }
        if (node instanceof Name name) {
            return Complex.real(precision.of(point.valueOf(name.name())));
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
            return power(power);
        }
        if (node instanceof Call call) {
            return call(call);
        }
        if (node instanceof Percent percent) {
            return of(percent.value()).times(Complex.real(HUNDREDTH), precision);
        }
        if (node instanceof Degrees degrees) {
            BigDecimal degree = precision.pi().divide(BigDecimal.valueOf(180), precision.context());
            return of(degrees.value()).times(Complex.real(degree), precision);
        }
        if (node instanceof Quantity quantity) {
            return of(quantity.value());
        }
        throw new Canonical.NotScalar();
    }

    private Complex constant(Constant constant) {
        return switch (constant) {
            case PI -> Complex.real(precision.pi());
            case E -> Complex.ONE.exp(precision);
            case I -> Complex.I;
            case INFINITY -> throw new ArithmeticException("infinity");
        };
    }

    private Complex sum(List<Node> terms) {
        Complex total = Complex.ZERO;
        long largest = Long.MIN_VALUE / 4;
        for (Node term : terms) {
            Complex value = of(term);
            largest = Math.max(largest, value.magnitude());
            total = total.plus(value, precision);
        }
        return new Complex(snapped(total.re(), largest), snapped(total.im(), largest));
    }

    private BigDecimal snapped(BigDecimal value, long largest) {
        if (value.signum() != 0 && Precision.magnitude(value) < largest - precision.digits() * 2L / 3) {
            cancelled = true;
            return BigDecimal.ZERO;
        }
        return value;
    }

    private Complex product(List<Node> factors) {
        Complex product = Complex.ONE;
        for (Node factor : factors) {
            product = product.times(of(factor), precision);
        }
        return product;
    }

    private Complex power(Power power) {
        Rational exponent = Exponents.rational(power.exponent());
        Complex base = of(power.base());
        if (exponent == null) {
            return general(base, of(power.exponent()));
        }
        if (exponent.isInteger()) {
            budget.spend(exponent.numerator().bitLength());
            return base.power(exponent.numerator(), precision);
        }
        if (exponent.denominator().equals(BigInteger.TWO)) {
            budget.spend(20);
            branched |= base.re().signum() < 0;
            return base.sqrt(precision).power(exponent.numerator(), precision);
        }
        boolean realRoot = base.isReal()
                && base.re().signum() < 0
                && exponent.denominator().testBit(0);
        Complex size = general(realRoot ? base.negate() : base, Complex.real(precision.of(exponent)));
        return realRoot && exponent.numerator().testBit(0) ? size.negate() : size;
    }

    private Complex general(Complex base, Complex exponent) {
        budget.spend(200L * precision.digits() / 50);
        if (base.isZero()) {
            if (exponent.re().signum() > 0) {
                return Complex.ZERO;
            }
            throw new ArithmeticException("zero to a power that is not positive");
        }
        branched |= base.re().signum() < 0;
        return base.ln(precision).times(exponent, precision).exp(precision);
    }

    private Complex call(Call call) {
        List<Complex> arguments = new ArrayList<>();
        for (Node argument : call.arguments()) {
            arguments.add(of(argument));
        }
        budget.spend(200L * precision.digits() / 50);
        branched |= call.function().equals("ln") && arguments.get(0).re().signum() < 0;
        Complex value = new FunctionValues(precision, budget).of(call, arguments, point);
        boolean periodic = call.function().equals("sin") || call.function().equals("cos");
        return periodic ? new Complex(snapped(value.re(), 0), snapped(value.im(), 0)) : value;
    }
}
