package dev.wst.rewards.guard;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** An exact number: a fraction in lowest terms with a positive denominator. */
record Quantity(BigInteger over, BigInteger under) {
    private static final int MOST_BITS = 4096;
    private static final int MOST_EXPONENT = 64;

    Quantity {
        if (under.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        BigInteger common = over.gcd(under).max(BigInteger.ONE);
        BigInteger sign = BigInteger.valueOf(under.signum());
        over = over.divide(common).multiply(sign);
        under = under.divide(common).multiply(sign);
        if (over.bitLength() > MOST_BITS || under.bitLength() > MOST_BITS) {
            throw new ArithmeticException("too large");
        }
    }

    static Quantity of(long value) {
        return new Quantity(BigInteger.valueOf(value), BigInteger.ONE);
    }

    /** A numeral with digits, at most one point, and commas between thousands. */
    static Quantity parse(String numeral) {
        BigDecimal value = new BigDecimal(numeral.replace(",", ""));
        return value.scale() <= 0
                ? new Quantity(value.toBigIntegerExact(), BigInteger.ONE)
                : new Quantity(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    Quantity plus(Quantity other) {
        return new Quantity(over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
    }

    Quantity minus(Quantity other) {
        return plus(new Quantity(other.over.negate(), other.under));
    }

    Quantity times(Quantity other) {
        return new Quantity(over.multiply(other.over), under.multiply(other.under));
    }

    Quantity dividedBy(Quantity other) {
        return new Quantity(over.multiply(other.under), under.multiply(other.over));
    }

    Quantity power(Quantity exponent) {
        if (!exponent.under.equals(BigInteger.ONE)
                || exponent.over.signum() < 0
                || exponent.over.bitLength() > 31
                || exponent.over.intValueExact() > MOST_EXPONENT) {
            throw new ArithmeticException("an exponent beyond bounds");
        }
        int n = exponent.over.intValueExact();
        return new Quantity(over.pow(n), under.pow(n));
    }

    /** The square root, if it is a fraction. */
    Optional<Quantity> root() {
        if (over.signum() < 0) {
            return Optional.empty();
        }
        BigInteger top = over.sqrt();
        BigInteger bottom = under.sqrt();
        return top.multiply(top).equals(over) && bottom.multiply(bottom).equals(under)
                ? Optional.of(new Quantity(top, bottom))
                : Optional.empty();
    }

    boolean isWhole() {
        return under.equals(BigInteger.ONE);
    }

    /** As a reference would be written: {@code 18} or {@code 7/2}. */
    @Override
    public String toString() {
        return isWhole() ? over.toString() : over + "/" + under;
    }
}
