package dev.wst.rewards.math.reading;

import java.text.Normalizer;

/** Makes one character of the many that mean the same: digits of all scripts, minus signs, full-width forms, spaces. */
public final class Glyphs {
    private static final String FROM =
            "\u00BA\u2212\u2010\u2011\u2012\u2013\uFE63\u02D7\uFF0D\u2795\uFF0B\uFF0C\u066B\u066C\uFF0E\uFF1A\uFF1B\uFF05\u066A\uFF08\uFF09"
                    + "\uFF3B\uFF3D\uFF5B\uFF5D\uFF1D\uFF1C\uFF1E\uFF0F\u2044\u2215\uFF0A\u2217\uFF3E\uFF04\uFF01\uFF5C\u3001"
                    + "\u00A0\u2007\u2008\u2009\u200A\u202F\u205F\u3000\u2002\u2003\u2004\u2005\u2006\u2019\u2018\u2032\u201C\u201D";
    private static final String TO =
            "\u00B0---" + "--" + "---" + "++" + ",.,." + ":;%%()" + "[]{}=<>///**^$!|," + "             " + "'''\"\"";

    private Glyphs() {}

    /** The same text, character by character, in ASCII where there is an equal; never longer or shorter. */
    public static String ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 126) {
                return converted(text);
            }
        }
        return text;
    }

    private static String converted(String text) {
        char[] plain = text.toCharArray();
        for (int i = 0; i < plain.length; i++) {
            if (plain[i] > 126) {
                i += convert(plain, i);
            }
        }
        return new String(plain);
    }

    /** Returns how many further characters were used. */
    private static int convert(char[] text, int i) {
        int point = Character.codePointAt(text, i);
        int digit = Character.digit(point, 10);
        boolean wide = Character.charCount(point) == 2;
        if (digit >= 0) {
            text[i] = (char) ('0' + digit);
            if (wide) {
                text[i + 1] = '\u200B';
            }
        } else if (!wide) {
            text[i] = single(text[i]);
        } else if (Character.isLetter(point)) {
            mathematical(text, i, point);
        }
        return wide ? 1 : 0;
    }

    /** An italic or bold letter of mathematics is the letter. */
    private static void mathematical(char[] text, int i, int point) {
        String plain = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
        if (plain.length() == 1) {
            text[i] = plain.charAt(0);
            text[i + 1] = '\u200B';
        }
    }

    private static char single(char c) {
        int at = FROM.indexOf(c);
        return at < 0 ? c : TO.charAt(at);
    }
}
