package dev.wst.rewards.math.finding;

import dev.wst.rewards.math.reading.Glyphs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every formula and number of a text. */
public final class Pieces {
    private Pieces() {}

    /** In the order in which they begin; a formula comes before the numbers inside it. */
    public static List<Piece> in(String text) {
        String plain = Glyphs.ascii(text);
        List<Piece> found = new ArrayList<>(Formulas.in(plain));
        found.addAll(Numbers.in(plain));
        found.sort(Comparator.comparingInt(Piece::start).thenComparing(c -> -c.end()));
        return List.copyOf(found);
    }
}
