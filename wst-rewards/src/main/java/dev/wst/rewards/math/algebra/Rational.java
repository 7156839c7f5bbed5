package dev.wst.rewards.math.algebra;

import java.math.BigInteger;
import java.util.HexFormat;

/** A fraction of integers in lowest terms with a positive denominator. */
public final class Rational implements Comparable<Rational> {
    public static final Rational ZERO = of(0);
    public static final Rational ONE = of(1);
    public static final Rational MINUS_ONE = of(-1);

    private static final int SHORT_BITS = 1000;

    private final BigInteger numerator;
    private final BigInteger denominator;

    private Rational(BigInteger numerator, BigInteger denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
    }

    public static Rational of(long value) {
        return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
    }

    public static Rational of(BigInteger value) {
        return new Rational(value, BigInteger.ONE);
    }

    public static Rational of(long numerator, long denominator) {
        return of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    /**
     * A quotient of integers.
     *
     * @throws ArithmeticException if the denominator is zero
     */
    public static Rational of(BigInteger numerator, BigInteger denominator) {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        boolean lowest = denominator.equals(BigInteger.ONE) || numerator.equals(BigInteger.ONE);
        BigInteger divisor = lowest ? BigInteger.ONE : numerator.gcd(denominator);
        BigInteger signed = denominator.signum() < 0 ? divisor.negate() : divisor;
        return signed.equals(BigInteger.ONE)
                ? new Rational(numerator, denominator)
                : new Rational(numerator.divide(signed), denominator.divide(signed));
    }

    public BigInteger numerator() {
        return numerator;
    }

    public BigInteger denominator() {
        return denominator;
    }

    public boolean isInteger() {
        return denominator.equals(BigInteger.ONE);
    }

    public boolean isZero() {
        return numerator.signum() == 0;
    }

    public boolean isOne() {
        return equals(ONE);
    }

    /** Whether it is 1 or -1, by which multiplying needs no work. */
    private boolean isUnit() {
        return isInteger() && numerator.abs().equals(BigInteger.ONE);
    }

    public int signum() {
        return numerator.signum();
    }

    /** Bits of numerator and denominator together. */
    public int bits() {
        return numerator.bitLength() + denominator.bitLength();
    }

    /** Whether it is an integer that fits an int of at most {@code bound} in size. */
    public boolean isSmall(int bound) {
        return isInteger() && numerator.bitLength() < 31 && Math.abs(numerator.intValue()) <= bound;
    }

    public int intValue() {
        return numerator.intValueExact();
    }

    public Rational negate() {
        return new Rational(numerator.negate(), denominator);
    }

    public Rational abs() {
        return numerator.signum() < 0 ? negate() : this;
    }

    /**
     * One over this.
     *
     * @throws ArithmeticException if this is zero
     */
    public Rational inverse() {
        if (isZero()) {
            throw new ArithmeticException("division by zero");
        }
        return numerator.signum() < 0
                ? new Rational(denominator.negate(), numerator.negate())
                : new Rational(denominator, numerator);
    }

    public Rational plus(Rational other) {
        if (isZero() || other.isZero()) {
            return isZero() ? other : this;
        }
        if (isInteger() && other.isInteger()) {
            return of(numerator.add(other.numerator));
        }
        return of(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Rational times(Rational other) {
        if (isUnit() || other.isUnit()) {
            Rational size = isUnit() ? other : this;
            return numerator.signum() * other.numerator.signum() == size.signum() ? size : size.negate();
        }
        if (isInteger() && other.isInteger()) {
            return of(numerator.multiply(other.numerator));
        }
        return of(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** The product, paid for. */
    public Rational times(Rational other, Budget budget) {
        budget.spendOnBits((long) bits() + other.bits());
        budget.spendOnReduction(bitsToReduce(other));
        return times(other);
    }

    /** The sum, paid for. */
    public Rational plus(Rational other, Budget budget) {
        budget.spendOnBits((long) bits() + other.bits());
        budget.spendOnReduction(bitsToReduceSum(other));
        return plus(other);
    }

    /** Bits of the smaller part of the product before it is brought to lowest terms; 0 if it is so without work. */
    long bitsToReduce(Rational factor) {
        if (isUnit() || factor.isUnit()) {
            return 0;
        }
        return Math.min(
                (long) numerator.bitLength() + factor.numerator.bitLength(),
                isInteger() && factor.isInteger()
                        ? 0
                        : (long) denominator.bitLength() + factor.denominator.bitLength());
    }

    /** The same for a sum. */
    long bitsToReduceSum(Rational term) {
        if (isInteger() && term.isInteger()) {
            return 0;
        }
        long above = Math.max(
                (long) numerator.bitLength() + term.denominator.bitLength(),
                (long) term.numerator.bitLength() + denominator.bitLength());
        return Math.min(above, (long) denominator.bitLength() + term.denominator.bitLength());
    }

    /**
     * This divided by another.
     *
     * @throws ArithmeticException if the other is zero
     */
    public Rational over(Rational other) {
        return times(other.inverse());
    }

    /** @throws Budget.Exhausted if the result would be too long to write down */
    Rational power(int exponent, Budget budget) {
        budget.spendOnBits((logarithm(numerator) + logarithm(denominator)) * Math.abs((long) exponent));
        Rational base = exponent < 0 ? inverse() : this;
        int size = Math.abs(exponent);
        return new Rational(base.numerator.pow(size), base.denominator.pow(size));
    }

    /** To base two, rounded up. */
    private static long logarithm(BigInteger value) {
        return value.abs().subtract(BigInteger.ONE).bitLength();
    }

    public Rational floor(Budget budget) {
        budget.spendOnBits(bits());
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return of(parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0]);
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rational that
                && numerator.equals(that.numerator)
                && denominator.equals(that.denominator);
    }

    @Override
    public int hashCode() {
        return 31 * numerator.hashCode() + denominator.hashCode();
    }

    /** Exact and fast: hexadecimal, of long numbers the bytes, since digits take more than linear time. */
    @Override
    public String toString() {
        return isInteger() ? hexadecimal(numerator) : hexadecimal(numerator) + "/" + hexadecimal(denominator);
    }

    private static String hexadecimal(BigInteger value) {
        return value.bitLength() < SHORT_BITS
                ? value.toString(16)
                : HexFormat.of().formatHex(value.toByteArray());
    }
}
