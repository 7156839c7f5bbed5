package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Braced;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Relation;
import dev.wst.rewards.math.algebra.Node.Residue;
import dev.wst.rewards.math.algebra.Node.SetOperation;
import dev.wst.rewards.math.algebra.Node.Several;
import dev.wst.rewards.math.algebra.Node.Sum;
import dev.wst.rewards.math.reading.Cursor.Unreadable;
import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an answer as a whole: several items, each a chain of relations between scalars, sets or brackets. */
final class AnswerParser {
    private static final Map<String, Relation> RELATIONS = Map.of(
            "=", Relation.EQUAL,
            "\u2261", Relation.EQUAL,
            "\u2248", Relation.APPROXIMATE,
            "\u2260", Relation.NOT_EQUAL,
            "<", Relation.LESS,
            "\u2264", Relation.AT_MOST,
            ">", Relation.GREATER,
            "\u2265", Relation.AT_LEAST,
            "\u2208", Relation.IN);

    private final Cursor cursor;
    private final ScalarParser scalars;
    private final Moduli moduli;

    private AnswerParser(Cursor cursor) {
        this.cursor = cursor;
        this.moduli = new Moduli(cursor, this::side);
        this.scalars = new ScalarParser(cursor, this, moduli);
    }

    /**
     * Reads all tokens.
     *
     * @param budget pays for it
     * @throws Unreadable if they are no formula
     * @throws Budget.Exhausted if they are nested too deeply or cost more
     */
    static Node parse(List<Lexeme> tokens, Budget budget) {
        AnswerParser parser = new AnswerParser(new Cursor(tokens, budget));
        Node node = parser.several();
        if (parser.cursor.peek().kind() != Kind.END) {
            throw new Unreadable();
        }
        return node;
    }

    /** One item, or several with separators between. */
    Node several() {
        cursor.enter();
        List<Node> items = new ArrayList<>();
        skipSeparators();
        items.add(item());
        while (skipSeparators()) {
            if (closes(cursor.peek())) {
                break;
            }
            items.add(item());
        }
        cursor.leave();
        return items.size() == 1 ? items.get(0) : new Several(Moduli.shared(items));
    }

    private static boolean closes(Lexeme token) {
        return switch (token.kind()) {
            case END, END_OF -> true;
            case SYMBOL -> token.is(")") || token.is("]") || token.is("}") || token.is("\\}");
            default -> false;
        };
    }

    private boolean skipSeparators() {
        boolean any = false;
        while (cursor.peek().kind() == Kind.SEPARATOR
                || cursor.peek().is(",")
                || cursor.peek().is(";")
                || cursor.peek().is("\\\\")) {
            cursor.next();
            any = true;
        }
        return any;
    }

    /** Sides with relations between them. */
    Node item() {
        List<Node> sides = new ArrayList<>();
        List<Relation> relations = new ArrayList<>();
        Optional<Node> head = wordsBeforeEquals();
        cursor.accept(":");
        if (cursor.peek().is("=") || cursor.peek().is("\u2248")) {
            cursor.next();
        }
        if (head.isPresent()) {
            sides.add(head.get());
            relations.add(Relation.EQUAL);
        }
        sides.add(side());
        while (true) {
            boolean defines = cursor.peek().is(":") && cursor.peek(1).is("=");
            if (defines) {
                cursor.next();
            }
            Relation relation = cursor.peek().kind() == Kind.SYMBOL
                    ? RELATIONS.get(cursor.peek().text())
                    : null;
            if (relation == null) {
                break;
            }
            boolean congruent = cursor.next().is("\u2261");
            relations.add(relation);
            Node side = side();
            sides.add(congruent ? moduli.ofCongruence(side) : side);
        }
        moduli.read().ifPresent(modulus -> sides.add(new Residue(sides.remove(sides.size() - 1), modulus)));
        return relations.isEmpty() ? sides.get(0) : new Chain(List.copyOf(sides), List.copyOf(relations));
    }

    /** "Area = 25": words before an equals sign or a colon name the value as a letter does. */
    private Optional<Node> wordsBeforeEquals() {
        int ahead = 0;
        StringBuilder words = new StringBuilder();
        while (cursor.peek(ahead).kind() == Kind.TEXT || cursor.peek(ahead).kind() == Kind.WORD) {
            words.append(words.length() == 0 ? "" : " ")
                    .append(cursor.peek(ahead).text());
            ahead++;
        }
        boolean names =
                ahead > 0 && (cursor.peek(ahead).is("=") || cursor.peek(ahead).is(":"));
        if (!names) {
            return Optional.empty();
        }
        cursor.reset(cursor.mark() + ahead);
        return Optional.of(new Name(words.toString()));
    }

    private Node side() {
        Node first = withoutSet(scalars.sum());
        List<Node> sets = new ArrayList<>(List.of(first));
        String operation = "";
        while (cursor.peek().is("\u222A")
                || cursor.peek().is("\u2229")
                || cursor.peek().is("\u2216")) {
            String next = cursor.next().text();
            if (!operation.isEmpty() && !operation.equals(next)) {
                throw new Unreadable();
            }
            operation = next;
            sets.add(scalars.sum());
        }
        return operation.isEmpty() ? first : new SetOperation(operation.charAt(0), List.copyOf(sets));
    }

    /** A minus sign before a set in braces takes it away, as {@code \\setminus} does. */
    private static Node withoutSet(Node node) {
        if (node instanceof Sum sum
                && sum.terms().size() == 2
                && sum.terms().get(1) instanceof Product negative
                && negative.factors().size() == 2
                && negative.factors().get(0).equals(Numeral.of(-1))
                && negative.factors().get(1) instanceof Braced set) {
            return new SetOperation('\u2216', List.of(sum.terms().get(0), set));
        }
        return node;
    }
}
