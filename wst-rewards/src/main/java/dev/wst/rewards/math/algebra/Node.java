package dev.wst.rewards.math.algebra;

import java.util.List;

/** An answer as a tree, as it was written. Differences are sums with a factor -1, quotients are powers to -1. */
public sealed interface Node {

    /**
     * A numeral.
     *
     * @param places digits after the point; 0 for an integer
     * @param significant significant digits written; 0 for an integer
     */
    record Numeral(Rational value, int places, int significant) implements Node {
        public static Numeral of(Rational value) {
            return new Numeral(value, 0, 0);
        }

        public static Numeral of(long value) {
            return of(Rational.of(value));
        }
    }

    /** A variable or a name, its subscript and primes included. */
    record Name(String name) implements Node {}

    /** A constant that is no variable. */
    enum Constant implements Node {
        PI,
        E,
        I,
        INFINITY
    }

    /** A sum of at least two. */
    record Sum(List<Node> terms) implements Node {}

    /** A product of at least two. */
    record Product(List<Node> factors) implements Node {}

    /** A power. */
    record Power(Node base, Node exponent) implements Node {}

    /** A function and its arguments. */
    record Call(String function, List<Node> arguments) implements Node {}

    /** Plus or minus; {@code upper} is the sign in the reading where the upper sign holds. */
    record PlusMinus(Node term, int upper) implements Node {}

    /** A value with a percent sign. */
    record Percent(Node value) implements Node {}

    /** A value with a degree sign. */
    record Degrees(Node value) implements Node {}

    /** A value with a unit or any words after it. */
    record Quantity(Node value, String unit) implements Node {}

    /** Digits with the base they are written in. */
    record InBase(String digits, int base) implements Node {}

    /** The numbers that leave the same rest as a value when divided by a modulus. */
    record Residue(Node value, Node modulus) implements Node {}

    /** Several answers without brackets, in any order. */
    record Several(List<Node> items) implements Node {}

    /** Items within braces: a set. */
    record Braced(List<Node> items) implements Node {}

    /** Items in order within brackets: a point, a list or, if two, perhaps an interval. */
    record Bracketed(char open, List<Node> items, char close) implements Node {}

    /** A matrix by rows; a determinant if {@code determinant}. */
    record Matrix(List<List<Node>> rows, boolean determinant) implements Node {}

    /** Sides with relations between: one relation fewer than sides. */
    record Chain(List<Node> sides, List<Relation> relations) implements Node {}

    /** Sets joined by one operation. */
    record SetOperation(char operation, List<Node> sets) implements Node {}

    /** What is no formula. */
    record Words(String text) implements Node {}

    /** The relations of a chain. */
    enum Relation {
        EQUAL,
        APPROXIMATE,
        NOT_EQUAL,
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST,
        IN;

        public boolean isOrder() {
            return this == LESS || this == AT_MOST || this == GREATER || this == AT_LEAST;
        }

        public boolean isStrict() {
            return this == LESS || this == GREATER;
        }

        public boolean isUpward() {
            return this == LESS || this == AT_MOST;
        }

        /** The relation read from the other side. */
        public Relation flipped() {
            return switch (this) {
                case LESS -> GREATER;
                case AT_MOST -> AT_LEAST;
                case GREATER -> LESS;
                case AT_LEAST -> AT_MOST;
                default -> this;
            };
        }
    }

    /** The negative; percent signs, degree signs and units stay outside. */
    static Node negated(Node node) {
        if (node instanceof Numeral numeral) {
            return new Numeral(numeral.value().negate(), numeral.places(), numeral.significant());
        }
        if (node instanceof Percent percent) {
            return new Percent(negated(percent.value()));
        }
        if (node instanceof Degrees degrees) {
            return new Degrees(negated(degrees.value()));
        }
        if (node instanceof Quantity quantity) {
            return new Quantity(negated(quantity.value()), quantity.unit());
        }
        return new Product(List.of(Numeral.of(-1), node));
    }

    static Node inverse(Node node) {
        return new Power(node, Numeral.of(-1));
    }
}
