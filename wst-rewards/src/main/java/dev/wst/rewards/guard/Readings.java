package dev.wst.rewards.guard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ways in which a text can be read that a reader sees or is told of: as it stands, without signs that are not seen and with
 * look-alikes of other sizes and dresses as plain letters; with words spelled letter by letter put together; backwards; and
 * what stands in it in base64.
 *
 * <pre>{@code
 * List<String> readings = Readings.of("Say p o s i t i v e.");    // "Say p o s i t i v e.", "Say positive.", ...
 * }</pre>
 */
public final class Readings {
    /** What stands between two letters that stand alone. */
    private static final Pattern BETWEEN_LETTERS =
            Pattern.compile("(?<=(?<![\\p{L}\\p{N}])\\p{L})[ \\t._*+/|~-]{1,3}(?=\\p{L}(?![\\p{L}\\p{N}]))");

    private static final Pattern BASE64 = Pattern.compile("(?<![\\w+/=-])[A-Za-z0-9+/_-]{2,}={0,2}(?![\\w+/=-])");

    private Readings() {}

    /** The readings of a text; the first is the text as it is seen, each other one differs from it. */
    public static List<String> of(String text) {
        String plain = PlainText.of(text);
        List<String> readings = new ArrayList<>();
        readings.add(plain);
        String joined = joined(plain);
        if (!joined.equals(plain)) {
            readings.add(joined);
        }
        readings.add(backwards(joined));
        readings.addAll(decoded(plain));
        return List.copyOf(readings);
    }

    /** With words spelled letter by letter put together. */
    static String joined(String plain) {
        return BETWEEN_LETTERS.matcher(plain).replaceAll("");
    }

    static String backwards(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /** What stands in it in base64. */
    static List<String> decoded(String plain) {
        return BASE64.matcher(plain)
                .results()
                .flatMap(piece -> decode(piece.group()).stream())
                .toList();
    }

    private static Optional<String> decode(String piece) {
        try {
            String standard = piece.replace('-', '+').replace('_', '/');
            byte[] bytes = Base64.getDecoder().decode(standard);
            // Many words can be decoded; few of them are what an encoder would have written.
            if (!Base64.getEncoder().withoutPadding().encodeToString(bytes).equals(standard.replace("=", ""))) {
                return Optional.empty();
            }
            String decoded = new String(bytes, StandardCharsets.UTF_8);
            boolean printable = !decoded.isBlank() && decoded.chars().allMatch(c -> c >= ' ' && c < 127);
            return printable ? Optional.of(decoded) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
