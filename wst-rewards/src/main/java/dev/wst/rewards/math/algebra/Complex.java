package dev.wst.rewards.math.algebra;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A complex number of high precision. */
public record Complex(BigDecimal re, BigDecimal im) {
    static final Complex ZERO = real(BigDecimal.ZERO);
    static final Complex ONE = real(BigDecimal.ONE);
    static final Complex I = new Complex(BigDecimal.ZERO, BigDecimal.ONE);

    static Complex real(BigDecimal value) {
        return new Complex(value, BigDecimal.ZERO);
    }

    public boolean isReal() {
        return im.signum() == 0;
    }

    public boolean isZero() {
        return re.signum() == 0 && im.signum() == 0;
    }

    /** The decimal exponent of the larger part. */
    public long magnitude() {
        return Math.max(Precision.magnitude(re), Precision.magnitude(im));
    }

    public Complex plus(Complex other, Precision precision) {
        return new Complex(re.add(other.re, precision.context()), im.add(other.im, precision.context()));
    }

    public Complex negate() {
        return new Complex(re.negate(), im.negate());
    }

    public Complex times(Complex other, Precision precision) {
        if (isReal() && other.isReal()) {
            return real(re.multiply(other.re, precision.context()));
        }
        BigDecimal real = re.multiply(other.re, precision.context())
                .subtract(im.multiply(other.im, precision.context()), precision.context());
        BigDecimal imaginary = re.multiply(other.im, precision.context())
                .add(im.multiply(other.re, precision.context()), precision.context());
        return new Complex(real, imaginary);
    }

    /**
     * One over this.
     *
     * @throws ArithmeticException if this is zero
     */
    public Complex inverse(Precision precision) {
        if (isReal()) {
            return real(BigDecimal.ONE.divide(re, precision.context()));
        }
        BigDecimal norm = re.multiply(re).add(im.multiply(im), precision.context());
        return new Complex(re.divide(norm, precision.context()), im.negate().divide(norm, precision.context()));
    }

    BigDecimal abs(Precision precision) {
        return isReal()
                ? re.abs()
                : re.multiply(re).add(im.multiply(im), precision.context()).sqrt(precision.context());
    }

    /** The argument, in (-pi, pi]. */
    BigDecimal argument(Precision precision) {
        if (isReal()) {
            return re.signum() < 0 ? precision.pi() : BigDecimal.ZERO;
        }
        BigDecimal half = precision.pi().divide(BigDecimal.valueOf(2), precision.context());
        if (re.signum() == 0) {
            return im.signum() > 0 ? half : half.negate();
        }
        BigDecimal angle = precision.arctan(im.divide(re, precision.context()));
        if (re.signum() > 0) {
            return angle;
        }
        return im.signum() > 0
                ? angle.add(precision.pi(), precision.context())
                : angle.subtract(precision.pi(), precision.context());
    }

    /** The principal logarithm. */
    Complex ln(Precision precision) {
        return new Complex(precision.ln(abs(precision)), argument(precision));
    }

    Complex exp(Precision precision) {
        BigDecimal size = precision.exp(re);
        if (isReal()) {
            return real(size);
        }
        return new Complex(
                size.multiply(precision.cos(im), precision.context()),
                size.multiply(precision.sin(im), precision.context()));
    }

    Complex power(BigInteger exponent, Precision precision) {
        if (exponent.bitLength() > 30) {
            throw new Budget.Exhausted("a power too large to evaluate");
        }
        Complex base = exponent.signum() < 0 ? inverse(precision) : this;
        Complex product = ONE;
        for (int n = Math.abs(exponent.intValue()); n > 0; n >>= 1) {
            product = (n & 1) == 1 ? product.times(base, precision) : product;
            base = n > 1 ? base.times(base, precision) : base;
        }
        return product;
    }

    Complex sqrt(Precision precision) {
        if (isReal()) {
            BigDecimal root = re.abs().sqrt(precision.context());
            return re.signum() < 0 ? new Complex(BigDecimal.ZERO, root) : real(root);
        }
        return ln(precision).times(real(BigDecimal.valueOf(0.5)), precision).exp(precision);
    }
}
