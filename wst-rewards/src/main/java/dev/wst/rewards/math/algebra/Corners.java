package dev.wst.rewards.math.algebra;

import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Sum;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Brings what has corners in variables to absolute values: the largest, the smallest, even roots of squares. */
public final class Corners {
    private final Canonical canonical;
    private final SquareRoots squares;
    private final Budget budget;
    private boolean real;

    public Corners(Canonical canonical, SquareRoots squares, Budget budget) {
        this.canonical = canonical;
        this.squares = squares;
        this.budget = budget;
    }

    /** Whether a tree has an absolute value, a sign, a largest or smallest, or an even root of more than a name. */
    public static boolean in(Node node) {
        return Trees.any(node, part -> {
            boolean root = part instanceof Power power && isEvenRoot(power) && !(power.base() instanceof Name);
            boolean call = part instanceof Call function && isCorner(function.function());
            return (root || call) && Trees.hasNames(part);
        });
    }

    private static boolean isCorner(String function) {
        return function.equals("abs") || function.equals("sgn") || function.equals("max") || function.equals("min");
    }

    private static boolean isEvenRoot(Power power) {
        Rational exponent = Exponents.rational(power.exponent());
        return exponent != null && !exponent.denominator().testBit(0);
    }

    /** Whether what was unfolded had absolute values, extremes or roots of squares in it, which are real everywhere. */
    public boolean areReal() {
        return real;
    }

    /** The tree with absolute values alone. */
    public Node unfolded(Node node) {
        return Trees.mapped(node, part -> {
            budget.spend(1);
            real |= part instanceof Call written && isCorner(written.function()) && Trees.hasNames(written);
            if (part instanceof Call call && call.function().equals("max")) {
                return extreme(call.arguments(), 1);
            }
            if (part instanceof Call call && call.function().equals("min")) {
                return extreme(call.arguments(), -1);
            }
            return part instanceof Power power && isEvenRoot(power) ? root(power) : part;
        });
    }

    /** max(a, b) = (a + b + |a - b|) / 2, min(a, b) = (a + b - |a - b|) / 2 */
    private static Node extreme(List<Node> values, int sign) {
        Node extreme = values.get(0);
        for (Node value : values.subList(1, values.size())) {
            Node distance = new Call("abs", List.of(new Sum(List.of(extreme, Node.negated(value)))));
            Node corner = sign > 0 ? distance : Node.negated(distance);
            Node twice = new Sum(List.of(extreme, value, corner));
            extreme = new Product(List.of(twice, Numeral.of(Rational.of(1, 2))));
        }
        return extreme;
    }

    /** (c v^2)^(p/q) = c^(p/q) |v|^(2p/q), where v may be a square again. */
    private Node root(Power power) {
        if (!Trees.hasNames(power.base())
                || Trees.any(power.base(), part -> part instanceof Call call && isCorner(call.function()))) {
            return power;
        }
        Form form = canonical.of(power.base());
        Optional<SquareRoots.Square> square = squares.of(form.numerator());
        Optional<SquareRoots.Square> below = squares.of(form.denominator());
        if (square.isEmpty() || below.isEmpty()) {
            return ofPower(power);
        }
        real |= square.get().isWhole() && below.get().isWhole();
        Node base = new Product(
                List.of(square.get().root(), Node.inverse(below.get().root())));
        Rational exponent = Exponents.rational(power.exponent());
        Rational twice = exponent == null ? Rational.ONE : exponent.times(Rational.of(2));
        Node rest = new Product(
                List.of(square.get().rest(), Node.inverse(below.get().rest())));
        Node size = new Call("abs", List.of(base));
        boolean again = !twice.denominator().testBit(0);
        Power of = new Power(again ? base : size, Numeral.of(twice));
        boolean even = twice.isInteger() && !twice.numerator().testBit(0);
        Node root = again ? rootOfSize(base, twice) : even ? new Power(base, Numeral.of(twice)) : of;
        return new Product(List.of(new Power(rest, power.exponent()), root));
    }

    /** (v^2n)^(p/q) = |v|^(2np/q) for any v. */
    private static Node ofPower(Power power) {
        if (!(power.base() instanceof Power inner)) {
            return power;
        }
        Rational square = Exponents.rational(inner.exponent());
        Rational root = Exponents.rational(power.exponent());
        if (square == null || root == null || !square.isInteger() || square.bits() >= 32) {
            return power;
        }
        boolean odd = square.numerator().testBit(0);
        return odd ? power : new Power(new Call("abs", List.of(inner.base())), Numeral.of(square.times(root)));
    }

    /** |v|^(p/q) with q even: if v is a square itself, its size is v, else the size stays. */
    private Node rootOfSize(Node base, Rational exponent) {
        Optional<SquareRoots.Square> square = squares.of(canonical.of(base).numerator());
        boolean whole = square.isPresent()
                && square.get().isWhole()
                && canonical.of(base).isPolynomial()
                && exponent.denominator().compareTo(BigInteger.ONE) > 0;
        return whole
                ? root(new Power(base, Numeral.of(exponent)))
                : new Power(new Call("abs", List.of(base)), Numeral.of(exponent));
    }
}
