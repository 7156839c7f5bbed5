package dev.wst.rewards.math.algebra;

import java.util.Arrays;

/**
 * A product of powers of generators. Exponents are counted in units of 1/{@value #UNIT}, so that square to twelfth roots
 * are whole numbers of units.
 */
public final class Monomial implements Comparable<Monomial> {
    public static final int UNIT = 27_720;
    public static final Monomial ONE = new Monomial(new int[0], new int[0]);

    private static final int MOST = 1000 * UNIT;

    private final int[] atoms;
    private final int[] exponents;

    private Monomial(int[] atoms, int[] exponents) {
        this.atoms = atoms;
        this.exponents = exponents;
    }

    /** One generator to a power that is not zero. */
    public static Monomial of(int atom, int units) {
        return new Monomial(new int[] {atom}, new int[] {units});
    }

    public int size() {
        return atoms.length;
    }

    public int atom(int position) {
        return atoms[position];
    }

    public int exponent(int position) {
        return exponents[position];
    }

    public Monomial times(Monomial other) {
        if (atoms.length == 0) {
            return other;
        }
        int[] merged = new int[atoms.length + other.atoms.length];
        int[] powers = new int[merged.length];
        int size = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < atoms.length || theirs < other.atoms.length) {
            boolean takeMine =
                    theirs == other.atoms.length || (mine < atoms.length && atoms[mine] <= other.atoms[theirs]);
            boolean takeTheirs =
                    mine == atoms.length || (theirs < other.atoms.length && other.atoms[theirs] <= atoms[mine]);
            int atom = takeMine ? atoms[mine] : other.atoms[theirs];
            int power = (takeMine ? exponents[mine++] : 0) + (takeTheirs ? other.exponents[theirs++] : 0);
            if (power != 0) {
                merged[size] = atom;
                powers[size++] = bounded(power);
            }
        }
        return new Monomial(Arrays.copyOf(merged, size), Arrays.copyOf(powers, size));
    }

    /** This to a rational power; only right where powers of powers multiply. */
    Monomial power(long numerator, long denominator) {
        int[] powers = new int[exponents.length];
        for (int i = 0; i < powers.length; i++) {
            long scaled = exponents[i] * numerator;
            if (scaled % denominator != 0 || Math.abs(scaled / denominator) > MOST) {
                throw new Budget.Exhausted("an exponent beyond the polynomials that are compared");
            }
            powers[i] = (int) (scaled / denominator);
        }
        return numerator == 0 ? ONE : new Monomial(atoms, powers);
    }

    /** This with the exponent at a position replaced; a zero exponent takes the generator out. */
    Monomial with(int position, int units) {
        return times(of(atoms[position], units - exponents[position]));
    }

    private static int bounded(int power) {
        if (Math.abs((long) power) > MOST) {
            throw new Budget.Exhausted("a degree of more than 1000");
        }
        return power;
    }

    @Override
    public int compareTo(Monomial other) {
        int byAtoms = Arrays.compare(atoms, other.atoms);
        return byAtoms != 0 ? byAtoms : Arrays.compare(exponents, other.exponents);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Monomial that
                && Arrays.equals(atoms, that.atoms)
                && Arrays.equals(exponents, that.exponents);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(atoms) + Arrays.hashCode(exponents);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < atoms.length; i++) {
            text.append('#').append(atoms[i]).append('^').append(exponents[i]);
        }
        return text.toString();
    }
}
