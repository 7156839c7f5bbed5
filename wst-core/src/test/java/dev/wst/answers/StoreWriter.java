package dev.wst.answers;

import dev.wst.ModelCall;
import java.nio.file.Path;
import java.util.OptionalInt;

/** A process that keeps answers: says the number of each when it is kept. */
public final class StoreWriter {
    private StoreWriter() {}

    /**
     * Keeps answers until it is done or something fails.
     *
     * @param arguments the file, the first number, how many
     */
    public static void main(String[] arguments) {
        int first = Integer.parseInt(arguments[1]);
        try (AnswerStore store = AnswerStore.open(Path.of(arguments[0]))) {
            for (int i = first; i < first + Integer.parseInt(arguments[2]); i++) {
                store.keep(key(i), text(i));
                System.out.println("kept " + i + " .");
            }
        } catch (RuntimeException e) {
            System.out.println(e);
            System.exit(1);
        }
    }

    static AnswerKey key(int i) {
        return AnswerKey.of("student", new ModelCall("small", "question " + i, 10, OptionalInt.empty()), 0);
    }

    static String text(int i) {
        return ("answer " + i + " ").repeat(1 + i % 700);
    }
}
