package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Braced;
import dev.wst.rewards.math.algebra.Node.Bracketed;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.Constant;
import dev.wst.rewards.math.algebra.Node.InBase;
import dev.wst.rewards.math.algebra.Node.Matrix;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Several;
import dev.wst.rewards.math.reading.Cursor.Unreadable;
import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what sums and products are made of: numerals, names, functions, commands, brackets and matrices. */
final class AtomParser {
    private static final Set<String> MATRICES =
            Set.of("matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array");
    private static final Set<String> DETERMINANTS = Set.of("vmatrix", "Vmatrix");

    private final Cursor cursor;
    private final AnswerParser answers;
    private final ScalarParser scalars;

    AtomParser(Cursor cursor, AnswerParser answers, ScalarParser scalars) {
        this.cursor = cursor;
        this.answers = answers;
        this.scalars = scalars;
    }

    Node atom() {
        Lexeme token = cursor.next();
        return switch (token.kind()) {
            case NUMBER -> number(token);
            case NAME -> name(token);
            case FUNCTION -> function(token.text());
            case COMMAND -> command(token.text());
            case BEGIN -> matrix(token.text());
            case SYMBOL -> bracket(token);
            // A letter where a unit might have stood, and none did.
            case TEXT -> letter(token.text());
            default -> throw new Unreadable();
        };
    }

    private static Node letter(String text) {
        if (text.length() != 1) {
            throw new Unreadable();
        }
        return new Name(text);
    }

    private Node number(Lexeme token) {
        int letters = lettersBeforeBase();
        StringBuilder digits = new StringBuilder(token.text());
        for (int i = 0; i < letters; i++) {
            digits.append(cursor.next().text());
        }
        if (cursor.accept("_")) {
            String base = subscript();
            return new InBase(digits.toString(), Bases.named(base).orElseThrow(Unreadable::new));
        }
        return numeral(token);
    }

    /** How many letters that are digits follow before a base beyond ten: the A of {@code 152A_{11}}. */
    private int lettersBeforeBase() {
        int letters = 0;
        while (cursor.peek(letters).kind() == Kind.NAME
                && !cursor.peek(letters).spaced()
                && cursor.peek(letters).text().matches("[A-F]")) {
            letters++;
        }
        Lexeme base = cursor.peek(letters + (cursor.peek(letters + 1).is("{") ? 2 : 1));
        boolean based = letters > 0
                && cursor.peek(letters).is("_")
                && base.kind() == Kind.NUMBER
                && base.text().length() == 2;
        return based ? letters : 0;
    }

    Numeral numeral(Lexeme token) {
        return Numerals.read(token.text(), cursor.budget());
    }

    private Node name(Lexeme token) {
        if (BigOperators.isOne(token.text())) {
            return new BigOperators(cursor, scalars, this).read(token.text());
        }
        return switch (token.text()) {
            case "pi" -> Constant.PI;
            case "infinity" -> Constant.INFINITY;
            case "empty" -> new Braced(List.of());
            default -> indexed(token);
        };
    }

    private Node indexed(Lexeme token) {
        StringBuilder name = new StringBuilder(token.text());
        while (true) {
            if (cursor.accept("_")) {
                name.append('_').append(subscript());
            } else if (cursor.accept("'")) {
                name.append('\'');
            } else {
                break;
            }
        }
        return switch (name.toString()) {
            case "e" -> Constant.E;
            case "i" -> Constant.I;
            default -> applied(name.toString());
        };
    }

    /** {@code f(x)}, {@code P(3)}: a name with one or more simple arguments is a function of them, not a product. */
    private Node applied(String name) {
        boolean functional = "fghFGHPQRSTWNVACEM".indexOf(name.charAt(0)) >= 0;
        if (!functional || !cursor.peek().is("(") || cursor.peek().spaced()) {
            return new Name(name);
        }
        int mark = cursor.mark();
        cursor.next();
        List<Node> arguments = new ArrayList<>();
        do {
            boolean minus = cursor.accept("-");
            Lexeme token = cursor.next();
            if (token.kind() != Kind.NAME && token.kind() != Kind.NUMBER) {
                cursor.reset(mark);
                return new Name(name);
            }
            Node argument = token.kind() == Kind.NUMBER ? numeral(token) : new Name(token.text());
            arguments.add(minus ? Node.negated(argument) : argument);
        } while (cursor.accept(","));
        if (!cursor.accept(")")) {
            cursor.reset(mark);
            return new Name(name);
        }
        return new Call(name, List.copyOf(arguments));
    }

    /** A subscript as text. */
    private String subscript() {
        if (!cursor.accept("{")) {
            Lexeme token = cursor.next();
            return switch (token.kind()) {
                case NAME, NUMBER, FUNCTION, TEXT, WORD -> token.text();
                default -> throw new Unreadable();
            };
        }
        StringBuilder text = new StringBuilder();
        while (!cursor.accept("}")) {
            Lexeme token = cursor.next();
            if (token.kind() == Kind.END || text.length() > 40) {
                throw new Unreadable();
            }
            text.append(token.text());
        }
        return text.toString();
    }

    private Node function(String name) {
        cursor.enter();
        List<Node> base = new ArrayList<>();
        Optional<Node> power = Optional.empty();
        for (int i = 0; i < 2; i++) {
            if (cursor.accept("_")) {
                base.add(argument());
            } else if (cursor.accept("^")) {
                power = Optional.of(argument());
            }
        }
        List<Node> arguments = new ArrayList<>();
        if (cursor.peek().is("(")) {
            cursor.next();
            Node inside = answers.several();
            cursor.expect(")");
            arguments.addAll(inside instanceof Several several ? several.items() : List.of(inside));
        } else {
            arguments.add(scalars.bareArgument());
        }
        arguments.addAll(base);
        cursor.leave();
        return Functions.applied(name, arguments, power);
    }

    private Node command(String name) {
        cursor.enter();
        Node node = switch (name) {
            case "frac" -> {
                Node numerator = argument();
                yield quotient(numerator, argument());
            }
            case "binom" -> {
                Node upper = argument();
                yield new Call("binomial", List.of(upper, argument()));
            }
            case "sqrt" -> root();
            default -> throw new Unreadable();
        };
        cursor.leave();
        return node;
    }

    static Node quotient(Node numerator, Node denominator) {
        return new Node.Product(List.of(numerator, Node.inverse(denominator)));
    }

    private Node root() {
        Node degree = Numeral.of(2);
        if (cursor.accept("[")) {
            degree = scalars.sum();
            cursor.expect("]");
        }
        Node radicand = cursor.peek().kind() == Kind.NUMBER ? number(cursor.next()) : argument();
        return new Power(radicand, Node.inverse(degree));
    }

    /** An argument of a command: a group, or a single digit or atom. */
    Node argument() {
        Lexeme token = cursor.peek();
        boolean digits = token.kind() == Kind.NUMBER && token.text().chars().allMatch(Character::isDigit);
        return digits ? numeral(cursor.nextDigit()) : atom();
    }

    private Node bracket(Lexeme token) {
        return switch (token.text()) {
            case "(" -> bracketed('(');
            case "[" -> bracketed('[');
            case "{" -> grouped();
            case "\\{" -> braced();
            case "|" -> enclosed("|", "abs");
            case "\u230A" -> enclosed("\u230B", "floor");
            case "\u2308" -> enclosed("\u2309", "ceil");
            default -> throw new Unreadable();
        };
    }

    private Node enclosed(String close, String function) {
        cursor.enter();
        boolean before = cursor.setInBars(close.equals("|"));
        Node inside = scalars.sum();
        cursor.setInBars(before);
        cursor.expect(close);
        cursor.leave();
        return new Call(function, List.of(inside));
    }

    private Node grouped() {
        if (cursor.accept("}")) {
            return new Braced(List.of());
        }
        boolean bars = cursor.setInBars(false);
        Node inside = answers.several();
        if (cursor.accept("choose")) {
            inside = new Call("binomial", List.of(inside, answers.several()));
        }
        cursor.setInBars(bars);
        cursor.expect("}");
        return inside;
    }

    private Node braced() {
        if (cursor.accept("\\}")) {
            return new Braced(List.of());
        }
        Optional<Node> condition = condition();
        if (condition.isPresent()) {
            return condition.get();
        }
        Node inside = answers.several();
        cursor.expect("\\}");
        return new Braced(inside instanceof Several several ? several.items() : List.of(inside));
    }

    /** {@code \{x | x > 2\}} is what the condition says; the name before the bar may have a domain, which must be the reals. */
    private Optional<Node> condition() {
        boolean domain = cursor.peek(1).is("\u2208") && cursor.peek(2).text().equals("R");
        int bar = domain ? 3 : 1;
        boolean builds = cursor.peek().kind() == Kind.NAME
                && (cursor.peek(bar).is("|") || cursor.peek(bar).is(":"));
        if (!builds) {
            return Optional.empty();
        }
        cursor.reset(cursor.mark() + bar + 1);
        Node condition = answers.several();
        cursor.expect("\\}");
        if (!(condition instanceof Chain) && !(condition instanceof Several)) {
            throw new Unreadable();
        }
        return Optional.of(condition);
    }

    private Node bracketed(char open) {
        boolean bars = cursor.setInBars(false);
        Node inside = answers.several();
        cursor.setInBars(bars);
        Lexeme close = cursor.next();
        if (!close.is(")") && !close.is("]")) {
            throw new Unreadable();
        }
        if (inside instanceof Several several) {
            return new Bracketed(open, several.items(), close.text().charAt(0));
        }
        if (close.is(")") != (open == '(')) {
            throw new Unreadable();
        }
        return inside;
    }

    private Node matrix(String environment) {
        if (!MATRICES.contains(environment) && !DETERMINANTS.contains(environment)) {
            throw new Unreadable();
        }
        cursor.enter();
        List<List<Node>> rows = new ArrayList<>();
        List<Node> row = new ArrayList<>();
        while (cursor.peek().kind() != Kind.END_OF) {
            row.add(answers.item());
            if (cursor.accept("\\\\")) {
                rows.add(List.copyOf(row));
                row.clear();
            } else if (cursor.peek().kind() != Kind.END_OF) {
                cursor.expect("&");
            }
        }
        cursor.next();
        if (!row.isEmpty()) {
            rows.add(List.copyOf(row));
        }
        cursor.leave();
        if (rows.isEmpty()
                || rows.stream().anyMatch(r -> r.size() != rows.get(0).size())) {
            throw new Unreadable();
        }
        return new Matrix(List.copyOf(rows), DETERMINANTS.contains(environment));
    }
}
