package dev.wst.examples.pair;

import dev.wst.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * One question.
 *
 * @param asked which of the kind's wordings
 * @param items letters or numbers, all different
 */
record Puzzle(Kind kind, int asked, List<String> items) {
    private static final String LETTERS = "abcdefghijklmnop";
    private static final int NUMBERS = 10;
    private static final int FEWEST = 4;
    private static final int MOST = 6;
    private static final String MARK = " answer:";

    static Puzzle draw(Kind kind, RandomGenerator random) {
        List<String> pool = new ArrayList<>();
        for (int i = 0; i < (kind.letters() ? LETTERS.length() : NUMBERS); i++) {
            pool.add(kind.letters() ? LETTERS.substring(i, i + 1) : Integer.toString(i));
        }
        List<String> items = new ArrayList<>();
        int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
        for (int i = 0; i < count; i++) {
            items.add(pool.remove(random.nextInt(pool.size())));
        }
        return new Puzzle(kind, random.nextInt(kind.questions().size()), List.copyOf(items));
    }

    String question() {
        return kind.questions().get(asked) + " " + String.join(" ", items);
    }

    String answer() {
        return String.join(" ", kind.answer(items));
    }

    /** Whether it is kept for measuring: one in ten, decided by its items, so in all wordings alike. */
    boolean isHeldOut() {
        CRC32 crc = new CRC32();
        crc.update(String.join(" ", items).getBytes(StandardCharsets.UTF_8));
        return crc.getValue() % 10 == 0;
    }

    Task task() {
        return new Task(
                kind.name().toLowerCase(Locale.ROOT) + "-" + asked + "-" + String.join("", items),
                question(),
                Optional.of(answer()),
                Map.of("kind", kind.name()));
    }

    /** What the student should say when told the method of some kind, if that can be done with these items. */
    String worked(Kind method) {
        return method.working(items) + MARK + " " + String.join(" ", method.answer(items));
    }

    /** A guess without work: right about once in ten times. */
    String guessed(RandomGenerator random) {
        if (random.nextInt(10) == 0) {
            return MARK + " " + answer();
        }
        if (!kind.letters()) {
            return MARK + " " + random.nextInt(kind == Kind.SUM ? 36 : 10);
        }
        List<String> guess = new ArrayList<>();
        for (int i = 0; i < kind.answer(items).size(); i++) {
            guess.add(letter(random));
        }
        return MARK + " " + String.join(" ", guess);
    }

    private static String letter(RandomGenerator random) {
        int at = random.nextInt(LETTERS.length());
        return LETTERS.substring(at, at + 1);
    }
}
