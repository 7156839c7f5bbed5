package dev.wst.metrics;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** What stands in a run directory for a text that must not: its length, and a hash by which equal texts are known. */
enum Redaction implements UnaryOperator<String> {
    NONE {
        @Override
        public String apply(String text) {
            return text;
        }
    },
    ALL {
        @Override
        public String apply(String text) {
            return text.isEmpty()
                    ? text
                    : "[" + text.length() + " characters, SHA-256 "
                            + Hashing.sha256()
                                    .hashString(text, StandardCharsets.UTF_8)
                                    .toString()
                                    .substring(0, DIGITS)
                            + "]";
        }
    };

    private static final int DIGITS = 16;
}
