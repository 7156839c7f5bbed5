package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Rational;
import java.math.BigInteger;

/** Gives the exact value of a numeral token: "12", "12.50", "1.2e-5", "0.1(6)". */
final class Numerals {
    private static final int MOST_DIGITS = 5_000;
    private static final int MOST_EXPONENT = 20_000;

    /** Shorter numerals cost no more than the characters they are written in. */
    private static final int FREE_BITS = 500;

    private Numerals() {}

    /** @param budget pays for the power of ten and for bringing the value to lowest terms */
    static Numeral read(String text, Budget budget) {
        if (text.length() > MOST_DIGITS) {
            throw new Budget.Exhausted("a number of more than " + MOST_DIGITS + " digits");
        }
        int open = text.indexOf('(');
        if (open >= 0) {
            return repeating(text, open, budget);
        }
        int e = text.indexOf('e');
        return e < 0
                ? decimal(text, 0, budget)
                : decimal(text.substring(0, e), exponent(text.substring(e + 1)), budget);
    }

    private static int exponent(String digits) {
        if (digits.length() > 6 || Math.abs(Integer.parseInt(digits)) > MOST_EXPONENT) {
            throw new Budget.Exhausted("a decimal exponent beyond " + MOST_EXPONENT);
        }
        return Integer.parseInt(digits);
    }

    private static Numeral decimal(String text, int exponent, Budget budget) {
        int point = text.indexOf('.');
        String digits = point < 0 ? text : text.substring(0, point) + text.substring(point + 1);
        int places = point < 0 ? 0 : text.length() - point - 1;
        int shown = Math.max(0, places - exponent);
        Rational value = scaled(digits, exponent - places, budget);
        return new Numeral(value, shown, shown == 0 ? 0 : significant(digits));
    }

    private static Rational scaled(String written, int power, Budget budget) {
        long bits = bits(written.length());
        long bitsOfTen = bits(Math.abs(power));
        if (bits + bitsOfTen > FREE_BITS) {
            budget.spendOnBits(power >= 0 ? bits + bitsOfTen : Math.max(bits, bitsOfTen));
        }
        BigInteger digits = new BigInteger(written.isEmpty() ? "0" : written);
        BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
        if (power >= 0) {
            return Rational.of(digits.multiply(ten));
        }
        budget.spendOnReduction(Math.min(bits, bitsOfTen));
        return Rational.of(digits, ten);
    }

    private static long bits(int digits) {
        return digits * 10L / 3;
    }

    private static int significant(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return digits.length() - zeros;
    }

    /** x.ab(cd) is xab + cd/99, over 100. Exact, so it is no rounding of anything. */
    private static Numeral repeating(String text, int open, Budget budget) {
        String period = text.substring(open + 1, text.length() - 1);
        Rational start = decimal(text.substring(0, open), 0, budget).value();
        int places = open - text.indexOf('.') - 1;
        budget.spendOnReduction(bits(period.length()));
        BigInteger nines = BigInteger.TEN.pow(period.length()).subtract(BigInteger.ONE);
        Rational tail = Rational.of(new BigInteger(period), nines.multiply(BigInteger.TEN.pow(places)));
        return Numeral.of(start.plus(tail));
    }
}
