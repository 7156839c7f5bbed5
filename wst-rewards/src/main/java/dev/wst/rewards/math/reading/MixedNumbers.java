package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Sum;
import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.List;
import java.util.Optional;

/** Reads "3 1/2" and {@code 3\frac{1}{2}}: an integer before a proper fraction of integers adds to it. */
final class MixedNumbers {
    private final Cursor cursor;
    private final AtomParser atoms;

    MixedNumbers(Cursor cursor, AtomParser atoms) {
        this.cursor = cursor;
        this.atoms = atoms;
    }

    /** The number here, if one is; else nothing is read. */
    Optional<Node> read() {
        int mark = cursor.mark();
        Lexeme whole = cursor.peek();
        if (whole.kind() != Kind.NUMBER || !whole.text().chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        boolean plain = cursor.peek(1).kind() == Kind.NUMBER
                && cursor.peek(1).spaced()
                && cursor.peek(2).is("/");
        if (!plain && !cursor.peek(1).isCommand("frac")) {
            return Optional.empty();
        }
        cursor.next();
        Optional<Node> fraction = plain ? plainFraction() : properFraction();
        if (fraction.isEmpty()) {
            cursor.reset(mark);
            return Optional.empty();
        }
        return Optional.of(new Sum(List.of(atoms.numeral(whole), fraction.get())));
    }

    private Optional<Node> plainFraction() {
        Node numerator = atoms.numeral(cursor.next());
        cursor.next();
        Lexeme denominator = cursor.next();
        return denominator.kind() == Kind.NUMBER ? proper(numerator, atoms.numeral(denominator)) : Optional.empty();
    }

    private Optional<Node> properFraction() {
        boolean simple = simpleArguments();
        if (!simple) {
            return Optional.empty();
        }
        cursor.next();
        Node numerator = atoms.argument();
        return proper(numerator, atoms.argument());
    }

    /** Whether the fraction here is one of numerals; looked at before anything is split. */
    private boolean simpleArguments() {
        if (cursor.peek(1).kind() == Kind.NUMBER) {
            return cursor.peek(1).text().length() == 2 || cursor.peek(2).kind() == Kind.NUMBER || braced(2);
        }
        return braced(1) && (braced(4) || cursor.peek(4).kind() == Kind.NUMBER);
    }

    private boolean braced(int ahead) {
        return cursor.peek(ahead).is("{")
                && cursor.peek(ahead + 1).kind() == Kind.NUMBER
                && cursor.peek(ahead + 2).is("}");
    }

    private static Optional<Node> proper(Node numerator, Node denominator) {
        boolean proper = ScalarParser.isInteger(numerator)
                && ScalarParser.isInteger(denominator)
                && ((Numeral) numerator).value().compareTo(((Numeral) denominator).value()) < 0;
        return proper ? Optional.of(AtomParser.quotient(numerator, denominator)) : Optional.empty();
    }
}
