package dev.wst.rewards.math;

import dev.wst.rewards.math.Node.Numeral;
import java.math.BigInteger;

/** Gives the exact value of a numeral token: "12", "12.50", "1.2e-5", "0.1(6)". */
final class Numerals {
    private static final int MOST_DIGITS = 5_000;
    private static final int MOST_EXPONENT = 20_000;

    private Numerals() {}

    static Numeral read(String text) {
        if (text.length() > MOST_DIGITS) {
            throw new Budget.Exhausted("a number of more than " + MOST_DIGITS + " digits");
        }
        int open = text.indexOf('(');
        if (open >= 0) {
            return repeating(text, open);
        }
        int e = text.indexOf('e');
        return e < 0 ? decimal(text, 0) : decimal(text.substring(0, e), exponent(text.substring(e + 1)));
    }

    private static int exponent(String digits) {
        if (digits.length() > 6 || Math.abs(Integer.parseInt(digits)) > MOST_EXPONENT) {
            throw new Budget.Exhausted("a decimal exponent beyond " + MOST_EXPONENT);
        }
        return Integer.parseInt(digits);
    }

    private static Numeral decimal(String text, int exponent) {
        int point = text.indexOf('.');
        String digits = point < 0 ? text : text.substring(0, point) + text.substring(point + 1);
        int places = point < 0 ? 0 : text.length() - point - 1;
        int shown = Math.max(0, places - exponent);
        Rational value = scaled(new BigInteger(digits.isEmpty() ? "0" : digits), exponent - places);
        return new Numeral(value, shown, shown == 0 ? 0 : significant(digits));
    }

    private static Rational scaled(BigInteger digits, int power) {
        BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
        return power >= 0 ? Rational.of(digits.multiply(ten)) : Rational.of(digits, ten);
    }

    private static int significant(String digits) {
        int zeros = 0;
        while (zeros < digits.length() && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return digits.length() - zeros;
    }

    /** x.ab(cd) is xab + cd/99, over 100. Exact, so it is no rounding of anything. */
    private static Numeral repeating(String text, int open) {
        String period = text.substring(open + 1, text.length() - 1);
        Rational start = decimal(text.substring(0, open), 0).value();
        int places = open - text.indexOf('.') - 1;
        BigInteger nines = BigInteger.TEN.pow(period.length()).subtract(BigInteger.ONE);
        Rational tail = Rational.of(new BigInteger(period), nines.multiply(BigInteger.TEN.pow(places)));
        return Numeral.of(start.plus(tail));
    }
}
