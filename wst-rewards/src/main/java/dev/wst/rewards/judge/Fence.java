package dev.wst.rewards.judge;

import dev.wst.Seed;
import java.util.HexFormat;
import java.util.List;

/**
 * A word drawn anew for each call, which none of the fenced texts holds: no text can close its own fence, nor write the
 * line of a verdict, since both need the word. The draw follows from the seed and the texts, so runs repeat.
 */
record Fence(String word) {
    private static final int HEX_DIGITS = 12;

    /** A word that is in none of the texts. */
    static Fence around(List<Exhibit> exhibits, Seed seed) {
        Seed content = seed;
        for (Exhibit exhibit : exhibits) {
            content = content.derive(exhibit.name()).derive(exhibit.text());
        }
        for (long draw = 0; ; draw++) {
            String word = HexFormat.of().toHexDigits(content.derive(draw).value(), HEX_DIGITS);
            if (exhibits.stream().noneMatch(exhibit -> exhibit.text().contains(word))) {
                return new Fence(word);
            }
        }
    }

    String enclose(Exhibit exhibit) {
        return "[begin " + exhibit.name() + " " + word + "]\n" + exhibit.text() + "\n[end " + exhibit.name() + " "
                + word + "]";
    }
}
