package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.comparing.Verdict.Basis;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The short way for two plain numbers, which most answers are: no tree is built. */
final class PlainNumbers {
    private static final int LONGEST = 18;

    private PlainNumbers() {}

    /** A verdict if both are integers or short decimals without any ornament; else null. */
    static @Nullable Verdict compare(String one, String other) {
        if (!isPlain(one) || !isPlain(other)) {
            return null;
        }
        boolean equal = one.equals(other) || value(one).compareTo(value(other)) == 0;
        return equal ? Verdict.equal(Basis.PROOF) : Verdict.different(Basis.PROOF);
    }

    private static BigDecimal value(String text) {
        return new BigDecimal(text);
    }

    /** At most 18 characters: a minus sign, digits, a point and no more than four digits after it. */
    private static boolean isPlain(String text) {
        int length = text.length();
        int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        if (length > LONGEST || length == start) {
            return false;
        }
        int point = -1;
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0 && i > start && i < length - 1) {
                point = i;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return point < 0 || length - point <= 5;
    }
}
