package dev.wst.rewards.math.algebra;

import dev.wst.rewards.math.algebra.Node.Call;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Values of functions at evaluated arguments. */
final class FunctionValues {
    private static final Complex TWO = Complex.real(BigDecimal.valueOf(2));

    private final Precision precision;
    private final Budget budget;

    FunctionValues(Precision precision, Budget budget) {
        this.precision = precision;
        this.budget = budget;
    }

    /** @throws ArithmeticException where the function is not defined, or not known for complex arguments */
    Complex of(Call call, List<Complex> arguments, Point point) {
        Complex z = arguments.get(0);
        return switch (call.function()) {
            case "abs" -> Complex.real(z.abs(precision));
            case "sgn" -> Complex.real(BigDecimal.valueOf(real(z).signum()));
            case "ln", "log" -> z.ln(precision);
            case "sin" -> z.isReal() ? Complex.real(precision.sin(z.re())) : sine(z);
            case "cos" -> z.isReal() ? Complex.real(precision.cos(z.re())) : cosine(z);
            case "sinh" -> difference(z).times(half(), precision);
            case "cosh" -> total(z).times(half(), precision);
            case "tanh" -> difference(z).times(total(z).inverse(precision), precision);
            case "arctan" -> Complex.real(precision.arctan(real(z)));
            case "arcsin" -> Complex.real(arcsin(real(z)));
            case "arccos" -> Complex.real(quarter().subtract(arcsin(real(z)), precision.context()));
            case "floor" -> Complex.real(rounded(z, RoundingMode.FLOOR));
            case "ceil" -> Complex.real(rounded(z, RoundingMode.CEILING));
            case "factorial" -> Complex.real(factorial(real(z)));
            case "binomial" -> Complex.real(binomial(real(z), real(arguments.get(1))));
            case "max" -> Complex.real(arguments.stream().map(this::real).reduce(real(z), BigDecimal::max));
            case "min" -> Complex.real(arguments.stream().map(this::real).reduce(real(z), BigDecimal::min));
            default -> Complex.real(precision.of(point.valueOf(call.function() + arguments)));
        };
    }

    private Complex half() {
        return Complex.real(new BigDecimal("0.5"));
    }

    private BigDecimal quarter() {
        return precision.pi().divide(BigDecimal.valueOf(2), precision.context());
    }

    private BigDecimal real(Complex z) {
        if (!z.isReal()) {
            throw new ArithmeticException("a function that is evaluated for real numbers only");
        }
        return z.re();
    }

    private Complex total(Complex z) {
        return z.exp(precision).plus(z.negate().exp(precision), precision);
    }

    private Complex difference(Complex z) {
        return z.exp(precision).plus(z.negate().exp(precision).negate(), precision);
    }

    /** sin z = (e^{iz} - e^{-iz}) / 2i */
    private Complex sine(Complex z) {
        return difference(z.times(Complex.I, precision))
                .times(TWO.times(Complex.I, precision).inverse(precision), precision);
    }

    /** cos z = (e^{iz} + e^{-iz}) / 2 */
    private Complex cosine(Complex z) {
        return total(z.times(Complex.I, precision)).times(half(), precision);
    }

    private BigDecimal arcsin(BigDecimal x) {
        BigDecimal rest = BigDecimal.ONE.subtract(x.multiply(x), precision.context());
        if (rest.signum() < 0) {
            throw new ArithmeticException("arcsine beyond 1");
        }
        if (rest.signum() == 0) {
            return x.signum() > 0 ? quarter() : quarter().negate();
        }
        return precision.arctan(x.divide(rest.sqrt(precision.context()), precision.context()));
    }

    private BigDecimal rounded(Complex z, RoundingMode mode) {
        BigDecimal value = real(z);
        if (Precision.magnitude(value) > precision.digits()) {
            throw new Budget.Exhausted("a number too large to round");
        }
        return Precision.toPlaces(value, 0, mode);
    }

    private BigDecimal factorial(BigDecimal x) {
        int n = whole(x);
        budget.spend((long) n * precision.digits() / 500);
        BigDecimal product = BigDecimal.ONE;
        for (int k = 2; k <= n; k++) {
            product = product.multiply(BigDecimal.valueOf(k), precision.context());
        }
        return product;
    }

    private BigDecimal binomial(BigDecimal upper, BigDecimal lower) {
        int n = whole(upper);
        int below = whole(lower);
        int k = Math.min(below, n - below);
        if (k < 0) {
            return BigDecimal.ZERO;
        }
        budget.spend((long) k * precision.digits() / 100);
        BigDecimal product = BigDecimal.ONE;
        for (int i = 1; i <= k; i++) {
            product = product.multiply(BigDecimal.valueOf((long) n - k + i))
                    .divide(BigDecimal.valueOf(i), precision.context());
        }
        return product;
    }

    private static int whole(BigDecimal x) {
        if (x.signum() < 0 || x.stripTrailingZeros().scale() > 0) {
            throw new ArithmeticException("a factorial of what is no whole number");
        }
        if (Precision.magnitude(x) > 3) {
            throw new Budget.Exhausted("a factorial too large to evaluate");
        }
        return x.intValueExact();
    }
}
