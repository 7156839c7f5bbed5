package dev.wst.rewards.math.reading;

/** What raised, lowered and other characters beyond ASCII are. */
final class Scripts {
    private static final String RAISED =
            "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079\u207A\u207B\u207C\u207D\u207E\u207F\u2071\u02E3\u02B8\u1D4F\u1D50\u1D57";
    private static final String RAISED_PLAIN = "0123456789+-=()nixykmt";
    private static final String LOWERED =
            "\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208A\u208B\u208C\u208D\u208E\u2090\u2091\u2092\u2093\u2096\u2097\u2098\u2099\u209A\u209B\u209C\u1D62";
    private static final String LOWERED_PLAIN = "0123456789+-=()aeoxklmnpsti";

    private Scripts() {}

    static boolean isRaised(char c) {
        return RAISED.indexOf(c) >= 0;
    }

    static boolean isLowered(char c) {
        return LOWERED.indexOf(c) >= 0;
    }

    /** The raised characters in a row from a place on, as plain ones. */
    static String raised(String text, int from) {
        return plain(text, from, RAISED, RAISED_PLAIN);
    }

    /** The lowered characters in a row from a place on, as plain ones. */
    static String lowered(String text, int from) {
        return plain(text, from, LOWERED, LOWERED_PLAIN);
    }

    private static String plain(String text, int from, String marks, String meanings) {
        StringBuilder plain = new StringBuilder();
        for (int i = from; i < text.length() && marks.indexOf(text.charAt(i)) >= 0; i++) {
            plain.append(meanings.charAt(marks.indexOf(text.charAt(i))));
        }
        return plain.toString();
    }

    /** Whether words of some language are written with the character: letters and their accents, but no signs. */
    static boolean isWritten(char c) {
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }
}
