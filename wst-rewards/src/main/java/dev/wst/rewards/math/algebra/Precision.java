package dev.wst.rewards.math.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Elementary functions of real numbers to a fixed number of significant digits, by argument reduction and Taylor series
 * (as in Brent and Zimmermann, Modern Computer Arithmetic, chapter 4). Ten guard digits are carried.
 */
public final class Precision {
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

    public static final Precision HIGH = new Precision(200);
    public static final Precision STANDARD = new Precision(50);

    private final int digits;
    private final MathContext context;
    private final BigDecimal smallest;
    private final BigDecimal pi;
    private final BigDecimal ln2;
    private final BigDecimal ln10;

    private Precision(int digits) {
        this.digits = digits;
        this.context = new MathContext(digits + 10);
        this.smallest = BigDecimal.ONE.movePointLeft(digits + 12);
        this.pi = machin();
        this.ln2 = areaTangent(BigDecimal.ONE.divide(BigDecimal.valueOf(3), context))
                .multiply(TWO);
        this.ln10 = ln2.multiply(BigDecimal.valueOf(3))
                .add(
                        areaTangent(BigDecimal.ONE.divide(BigDecimal.valueOf(9), context))
                                .multiply(TWO),
                        context);
    }

    public int digits() {
        return digits;
    }

    MathContext context() {
        return context;
    }

    BigDecimal pi() {
        return pi;
    }

    public BigDecimal of(Rational value) {
        return new BigDecimal(value.numerator()).divide(new BigDecimal(value.denominator()), context);
    }

    /** The decimal exponent of the first digit; very small for zero. */
    public static long magnitude(BigDecimal value) {
        return value.signum() == 0 ? Long.MIN_VALUE / 4 : (long) value.precision() - value.scale() - 1;
    }

    /** A value with that many digits after the point. BigDecimal would divide what is much smaller by a power of ten as long. */
    static BigDecimal toPlaces(BigDecimal value, int places, RoundingMode mode) {
        boolean tiny = value.signum() != 0 && magnitude(value) < -places - 1L;
        BigDecimal near = tiny ? BigDecimal.valueOf(value.signum(), places + 2) : value;
        return near.setScale(places, mode);
    }

    /** @throws Budget.Exhausted for an argument beyond a thousand million */
    BigDecimal exp(BigDecimal x) {
        if (x.abs().compareTo(MOST) > 0) {
            throw new Budget.Exhausted("a power too large or too small to evaluate");
        }
        BigInteger tens = multiples(x, ln10).toBigInteger();
        BigDecimal rest = x.subtract(new BigDecimal(tens).multiply(HIGH.ln10), context);
        BigDecimal small = rest.divide(BigDecimal.valueOf(256), context);
        BigDecimal value = expSeries(small);
        for (int i = 0; i < 8; i++) {
            value = value.multiply(value, context);
        }
        return value.scaleByPowerOfTen(tens.intValueExact());
    }

    /**
     * The whole number nearest to x / unit, for a unit above 1. BigDecimal would bring both to one scale first, even zero: for
     * 10 to the power of -1,000,000 that is a number of a million digits.
     */
    private static BigDecimal multiples(BigDecimal x, BigDecimal unit) {
        return magnitude(x) < -1 ? BigDecimal.ZERO : x.divide(unit, 0, RoundingMode.HALF_EVEN);
    }

    private BigDecimal expSeries(BigDecimal x) {
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; term.abs().compareTo(smallest) > 0; n++) {
            term = term.multiply(x, context).divide(BigDecimal.valueOf(n), context);
            sum = sum.add(term, context);
        }
        return sum;
    }

    /** @throws ArithmeticException unless x is positive */
    BigDecimal ln(BigDecimal x) {
        if (x.signum() <= 0) {
            throw new ArithmeticException("logarithm of " + x.signum());
        }
        long tens = magnitude(x);
        BigDecimal root = x.scaleByPowerOfTen(Math.toIntExact(-tens));
        for (int i = 0; i < 4; i++) {
            root = root.sqrt(context);
        }
        BigDecimal tangent = root.subtract(BigDecimal.ONE).divide(root.add(BigDecimal.ONE), context);
        BigDecimal mantissa = areaTangent(tangent).multiply(BigDecimal.valueOf(32));
        return mantissa.add(ln10.multiply(BigDecimal.valueOf(tens)), context);
    }

    /** artanh by its series; x well below 1. */
    private BigDecimal areaTangent(BigDecimal x) {
        return oddSeries(x, 1);
    }

    private BigDecimal oddSeries(BigDecimal x, int sign) {
        BigDecimal square = x.multiply(x, context);
        BigDecimal power = x;
        BigDecimal sum = x;
        BigDecimal bound = smallest.multiply(x.abs().max(smallest));
        for (int n = 3; power.abs().compareTo(bound) > 0; n += 2) {
            power = power.multiply(square, context);
            BigDecimal term = power.divide(BigDecimal.valueOf(n), context);
            sum = sign > 0 || n % 4 == 1 ? sum.add(term, context) : sum.subtract(term, context);
        }
        return sum;
    }

    BigDecimal sin(BigDecimal x) {
        return sinReduced(reduced(x));
    }

    BigDecimal cos(BigDecimal x) {
        return sinReduced(reduced(x.add(pi.divide(TWO, context), new MathContext(context.getPrecision() + 20))));
    }

    private BigDecimal reduced(BigDecimal x) {
        if (magnitude(x) > 9) {
            throw new Budget.Exhausted("an angle too large to evaluate");
        }
        BigDecimal turns = multiples(x, pi.multiply(TWO));
        return x.subtract(turns.multiply(HIGH.pi).multiply(TWO), new MathContext(context.getPrecision() + 5));
    }

    /** By tripling: sin 3t = 3 sin t - 4 sin^3 t. */
    private BigDecimal sinReduced(BigDecimal x) {
        BigDecimal third = x.divide(BigDecimal.valueOf(81), context);
        BigDecimal square = third.multiply(third, context).negate();
        BigDecimal term = third;
        BigDecimal sum = third;
        BigDecimal bound = smallest.multiply(third.abs().max(smallest));
        for (int n = 2; term.abs().compareTo(bound) > 0; n += 2) {
            term = term.multiply(square, context).divide(BigDecimal.valueOf((long) n * (n + 1)), context);
            sum = sum.add(term, context);
        }
        for (int i = 0; i < 4; i++) {
            BigDecimal cube = sum.multiply(sum, context).multiply(sum, context);
            sum = sum.multiply(BigDecimal.valueOf(3)).subtract(cube.multiply(BigDecimal.valueOf(4)), context);
        }
        return sum;
    }

    BigDecimal arctan(BigDecimal x) {
        if (x.abs().compareTo(BigDecimal.ONE) > 0) {
            BigDecimal quarter = pi.divide(TWO, context);
            BigDecimal rest = arctan(BigDecimal.ONE.divide(x, context));
            return (x.signum() > 0 ? quarter : quarter.negate()).subtract(rest, context);
        }
        BigDecimal half = x;
        for (int i = 0; i < 4; i++) {
            BigDecimal root =
                    BigDecimal.ONE.add(half.multiply(half, context), context).sqrt(context);
            half = half.divide(BigDecimal.ONE.add(root), context);
        }
        return oddSeries(half, -1).multiply(BigDecimal.valueOf(16), context);
    }

    private BigDecimal machin() {
        BigDecimal fifth = oddSeries(BigDecimal.ONE.divide(BigDecimal.valueOf(5), context), -1);
        BigDecimal small = oddSeries(BigDecimal.ONE.divide(BigDecimal.valueOf(239), context), -1);
        return fifth.multiply(BigDecimal.valueOf(16)).subtract(small.multiply(BigDecimal.valueOf(4)), context);
    }
}
