package dev.wst.rewards.math.algebra;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The generators of the polynomials of one comparison: variables, pi, e, i, roots of primes, and functions that have no
 * polynomial form, each under a key. Generators with the same key are the same.
 */
public final class Atoms {
    /** What is known of a generator. */
    public enum Kind {
        /** Independent of all others: a variable. */
        VARIABLE,
        PI,
        E,
        /** Its square is -1. */
        I,
        /** A prime; only its fractional powers stay in a monomial. */
        PRIME,
        /** A function value that may depend on the others. */
        OPAQUE
    }

    /** What writing and finding the key of a function value costs. */
    static final int CHARACTERS_PER_UNIT = 200;

    private record Atom(Kind kind, BigInteger value, boolean certain) {}

    private final Map<String, Integer> indices = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();
    private final List<Atom> atoms = new ArrayList<>();

    public int variable(String name) {
        int index = index("v:" + name, new Atom(Kind.VARIABLE, BigInteger.ZERO, true));
        names.putIfAbsent(index, name);
        return index;
    }

    int pi() {
        return index("pi", new Atom(Kind.PI, BigInteger.ZERO, true));
    }

    int e() {
        return index("e", new Atom(Kind.E, BigInteger.ZERO, true));
    }

    int i() {
        return index("i", new Atom(Kind.I, BigInteger.ZERO, true));
    }

    /** @param certain whether it is known to be prime */
    int prime(BigInteger value, boolean certain) {
        return index("p:" + value.toString(16), new Atom(Kind.PRIME, value, certain));
    }

    int opaque(String key) {
        return index("o:" + key, new Atom(Kind.OPAQUE, BigInteger.ZERO, false));
    }

    private int index(String key, Atom atom) {
        Integer known = indices.get(key);
        if (known != null) {
            return known;
        }
        atoms.add(atom);
        indices.put(key, atoms.size() - 1);
        return atoms.size() - 1;
    }

    public Kind kind(int atom) {
        return atoms.get(atom).kind();
    }

    /** The name of a variable. */
    public String name(int atom) {
        return names.getOrDefault(atom, "");
    }

    /** A variable or constant as a tree. */
    public Node tree(int atom) {
        return switch (kind(atom)) {
            case PI -> Node.Constant.PI;
            case E -> Node.Constant.E;
            case I -> Node.Constant.I;
            case PRIME -> Node.Numeral.of(Rational.of(value(atom)));
            case VARIABLE, OPAQUE -> new Node.Name(name(atom));
        };
    }

    /** The value of a prime. */
    BigInteger value(int atom) {
        return atoms.get(atom).value();
    }

    /** Whether no relation with other generators is possible, so that a polynomial in them is zero only if it is empty. */
    boolean independent(int atom) {
        return atoms.get(atom).certain();
    }

    /** Whether the generator is a positive number, so that powers of its powers multiply. */
    boolean positive(int atom) {
        return switch (kind(atom)) {
            case PI, E, PRIME -> true;
            default -> false;
        };
    }
}
