package dev.wst.rewards.math.reading;

import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Constant;
import dev.wst.rewards.math.algebra.Node.Degrees;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Percent;
import dev.wst.rewards.math.algebra.Node.PlusMinus;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Quantity;
import dev.wst.rewards.math.algebra.Node.Sum;
import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.reading.Cursor.Unreadable;
import dev.wst.rewards.math.reading.Lexeme.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads sums, products, powers and signs. */
final class ScalarParser {
    /** More factorial or percent signs in a row mean nothing. */
    private static final int MOST_POSTFIXES = 6;

    private static final int LOOK_AHEAD = 30;
    private static final Set<String> WITHIN_BARS = Set.of("+", "-", "*", "/", "^", "(", ")", "{", "}");

    private static final String PROPORTION = "proportion";

    private final Cursor cursor;
    private final AtomParser atoms;
    private final MixedNumbers mixedNumbers;
    private final Moduli moduli;

    ScalarParser(Cursor cursor, AnswerParser answers, Moduli moduli) {
        this.cursor = cursor;
        this.moduli = moduli;
        this.atoms = new AtomParser(cursor, answers, this);
        this.mixedNumbers = new MixedNumbers(cursor, atoms);
    }

    Node sum() {
        List<Node> terms = new ArrayList<>();
        int rests = moduli.begin();
        boolean signed = startsWithSign();
        do {
            terms.add(signedTerm());
        } while (startsWithSign());
        moduli.end(rests, signed || terms.size() > 1);
        return terms.size() == 1 ? terms.get(0) : new Sum(List.copyOf(terms));
    }

    private boolean startsWithSign() {
        Lexeme token = cursor.peek();
        return token.is("+") || token.is("-") || token.is("\u00B1") || token.is("\u2213");
    }

    /** A product with the signs before it. */
    Node signedTerm() {
        boolean minus = false;
        int upper = 0;
        while (startsWithSign()) {
            String sign = cursor.next().text();
            minus ^= sign.equals("-");
            if (sign.equals("\u00B1") || sign.equals("\u2213")) {
                upper = sign.equals("\u00B1") ? 1 : -1;
            }
        }
        Node term = term();
        Node signed = minus ? Node.negated(term) : term;
        return upper == 0 ? signed : new PlusMinus(signed, upper);
    }

    /** A product, up to the next sign of addition. */
    Node term() {
        List<Node> factors = new ArrayList<>();
        Optional<Node> mixed = mixedNumbers.read();
        factors.add(mixed.isPresent() ? postfixed(mixed.get()) : factor());
        while (true) {
            Lexeme token = cursor.peek();
            if (token.is("*")) {
                cursor.next();
                factors.add(signedFactor());
            } else if (token.is("/") || token.is("\u2215")) {
                cursor.next();
                factors.add(Node.inverse(signedFactor()));
            } else if (token.is("mod")) {
                cursor.next();
                return moduli.rest(product(factors), factor(), this::startsFactor);
            } else if (startsRatio()) {
                factors = ratio(factors);
            } else if (token.kind() == Kind.TEXT || token.kind() == Kind.WORD || startsFractionOfWords()) {
                return quantity(factors);
            } else if (bracketedWords()) {
                cursor.next();
                Node quantity = quantity(factors);
                cursor.expect(")");
                return quantity;
            } else if (temperature(factors)) {
                return new Quantity(factors.get(0), cursor.next().text());
            } else if (startsFactor(token)) {
                factors.add(factor());
            } else {
                return product(factors);
            }
        }
    }

    private boolean startsRatio() {
        return cursor.peek().is(":") && !cursor.peek(1).is("=");
    }

    /** "1:2" is a quotient; "1:2:3" is a proportion, the same as 2:4:6, which its parts over the first tell. */
    private List<Node> ratio(List<Node> first) {
        List<Node> parts = new ArrayList<>();
        while (startsRatio()) {
            cursor.next();
            List<Node> factors = new ArrayList<>(List.of(signedFactor()));
            while (startsFactor(cursor.peek())) {
                factors.add(factor());
            }
            parts.add(product(factors));
        }
        List<Node> factors = new ArrayList<>(first);
        if (parts.size() == 1) {
            factors.add(Node.inverse(parts.get(0)));
            return factors;
        }
        Node inverse = Node.inverse(product(first));
        List<Node> overFirst = parts.stream()
                .map(part -> (Node) new Product(List.of(part, inverse)))
                .toList();
        return new ArrayList<>(List.of(new Call(PROPORTION, overFirst)));
    }

    /**
     * A value with words after it: words that are numbers or powers change it, the rest are its unit. Letters before the words
     * are words themselves, but in "(D) Alina".
     */
    private Node quantity(List<Node> factors) {
        boolean letters = factors.stream().allMatch(factor -> factor instanceof Name || factor instanceof Constant);
        if (letters && !(factors.size() == 1 && cursor.peek(-1).is(")"))) {
            throw new Unreadable();
        }
        Deque<String> words = new ArrayDeque<>(words());
        Node value = product(factors);
        for (Optional<Node> changed = changed(value, words); changed.isPresent(); changed = changed(value, words)) {
            value = changed.get();
        }
        String unit = String.join(" ", words);
        if (Units.changesValue(unit)) {
            throw new Unreadable();
        }
        if (unit.isEmpty()) {
            return value;
        }
        return new Quantity(value, cursor.accept("^") ? unit + '^' + exponentText() : unit);
    }

    private static Optional<Node> changed(Node value, Deque<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        Optional<Rational> scale = Units.scale(words.peek());
        int power = Units.power(words.peek(), 1);
        if (scale.isPresent()) {
            words.pop();
            return Optional.of(new Product(List.of(value, Numeral.of(scale.get()))));
        }
        if (power > 1) {
            words.pop();
            return Optional.of(new Power(value, Numeral.of(power)));
        }
        return Optional.empty();
    }

    static Node product(List<Node> factors) {
        return factors.size() == 1 ? factors.get(0) : new Product(List.copyOf(factors));
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        while (wordAt(0) || startsFractionOfWords()) {
            if (startsFractionOfWords()) {
                cursor.next();
                words.addAll(bracedWords());
                words.add("per");
                words.addAll(bracedWords());
                continue;
            }
            words.addAll(List.of(cursor.next().text().strip().split("\\s+", -1)));
            if (cursor.peek().is("/") && wordAt(1)) {
                cursor.next();
                words.add("per");
            }
        }
        return words;
    }

    private List<String> bracedWords() {
        cursor.expect("{");
        List<String> words = words();
        cursor.expect("}");
        return words;
    }

    /** Of a unit, such as of metres over seconds. */
    private boolean startsFractionOfWords() {
        int over = cursor.peek().isCommand("frac") ? afterBracedWords(1) : 0;
        return over > 0 && afterBracedWords(over) > 0;
    }

    /** Where the words in braces end that begin so far ahead; 0 if there are none. */
    private int afterBracedWords(int ahead) {
        int end = ahead + 1;
        while (wordAt(end)) {
            end++;
        }
        return end > ahead + 1 && cursor.peek(ahead).is("{") && cursor.peek(end).is("}") ? end + 1 : 0;
    }

    /** "5 (cm)" */
    private boolean bracketedWords() {
        int ahead = 1;
        while (wordAt(ahead)) {
            ahead++;
        }
        return ahead > 1 && cursor.peek().is("(") && cursor.peek(ahead).is(")");
    }

    /** "25 degrees C": a letter after a degree sign is the scale. */
    private boolean temperature(List<Node> factors) {
        Lexeme scale = cursor.peek();
        return factors.size() == 1
                && factors.get(0) instanceof Degrees
                && scale.kind() == Kind.NAME
                && (scale.text().equals("C") || scale.text().equals("F"));
    }

    private boolean wordAt(int ahead) {
        Kind kind = cursor.peek(ahead).kind();
        return kind == Kind.TEXT || kind == Kind.WORD;
    }

    private String exponentText() {
        boolean group = cursor.accept("{");
        Lexeme token = cursor.next();
        if (group) {
            cursor.expect("}");
        }
        return token.text();
    }

    /** Whether a factor can follow without a sign of multiplication. */
    boolean startsFactor(Lexeme token) {
        return switch (token.kind()) {
            case NAME, FUNCTION, BEGIN -> true;
            case COMMAND -> !token.isCommand("pmod");
            case SYMBOL ->
                (token.is("|") && !cursor.inBars() && (cursor.peek(-1).kind() != Kind.NAME || closesBars()))
                        || (token.is("(") && !cursor.peek(1).is("mod"))
                        || token.is("{")
                        || token.is("[")
                        || token.is("\u230A")
                        || token.is("\u2308");
            case NUMBER -> !afterNumber();
            default -> false;
        };
    }

    /** Whether another bar follows in the same sum: that of "x|x|" opens, that of "A|B" separates. */
    private boolean closesBars() {
        for (int ahead = 1; ahead < LOOK_AHEAD; ahead++) {
            Lexeme token = cursor.peek(ahead);
            if (token.is("|")) {
                return ahead > 1;
            }
            boolean within = token.kind() == Kind.NAME
                    || token.kind() == Kind.NUMBER
                    || token.kind() == Kind.FUNCTION
                    || token.kind() == Kind.COMMAND
                    || (token.kind() == Kind.SYMBOL && WITHIN_BARS.contains(token.text()));
            if (!within) {
                return false;
            }
        }
        return false;
    }

    private boolean afterNumber() {
        return cursor.peek(-1).kind() == Kind.NUMBER;
    }

    private Node signedFactor() {
        boolean minus = false;
        while (cursor.peek().is("-") || cursor.peek().is("+")) {
            minus ^= cursor.next().is("-");
        }
        return minus ? Node.negated(factor()) : factor();
    }

    /** An atom with what stands behind it: powers, factorials, percent and degree signs. */
    Node factor() {
        cursor.enter();
        Node factor = postfixed(atoms.atom());
        cursor.leave();
        return factor;
    }

    private Node postfixed(Node atom) {
        Node node = atom;
        for (int i = 0; i < MOST_POSTFIXES; i++) {
            if (cursor.peek().is("^")) {
                cursor.next();
                node = power(node);
            } else if (cursor.accept("!")) {
                node = new Call("factorial", List.of(node));
            } else if (cursor.accept("%")) {
                node = new Percent(node);
            } else if (cursor.accept("\u00B0")) {
                node = new Degrees(node);
            } else {
                return node;
            }
        }
        throw new Unreadable();
    }

    private Node power(Node base) {
        if (cursor.accept("\u00B0")) {
            return new Degrees(base);
        }
        if (cursor.peek().is("{")
                && cursor.peek(1).is("\u00B0")
                && cursor.peek(2).is("}")) {
            cursor.reset(cursor.mark() + 3);
            return new Degrees(base);
        }
        return new Power(base, exponent());
    }

    private Node exponent() {
        cursor.enter();
        boolean minus = false;
        while (cursor.peek().is("-") || cursor.peek().is("+")) {
            minus ^= cursor.next().is("-");
        }
        Node exponent = atoms.atom();
        if (cursor.peek().is("^")) {
            cursor.next();
            exponent = power(exponent);
        }
        cursor.leave();
        return minus ? Node.negated(exponent) : exponent;
    }

    /** The argument of a function written without brackets: factors until a function, an operator or a bracket. */
    Node bareArgument() {
        List<Node> factors = new ArrayList<>();
        boolean minus = false;
        while (cursor.peek().is("-")) {
            cursor.next();
            minus = !minus;
        }
        factors.add(factor());
        while (startsFactor(cursor.peek())
                && cursor.peek().kind() != Kind.FUNCTION
                && !cursor.peek().is("(")) {
            factors.add(factor());
        }
        Node argument = product(factors);
        return minus ? Node.negated(argument) : argument;
    }

    static boolean isInteger(Node node) {
        return node instanceof Numeral numeral
                && numeral.places() == 0
                && numeral.value().isInteger();
    }
}
