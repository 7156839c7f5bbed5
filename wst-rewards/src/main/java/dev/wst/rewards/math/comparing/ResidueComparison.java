package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Exponents;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.Residue;
import dev.wst.rewards.math.algebra.Rational;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import java.util.Optional;

/**
 * Compares classes of numbers with the same rest: equal if the moduli are and the values differ by a multiple of it. A class
 * beside one number is different from it unless that is in it, and then undecided, since it is not the same to say; but where
 * neither is said of a name, "3 (mod 5)" is how the rest 3 is written.
 */
final class ResidueComparison {
    private static final Verdict OPEN = Verdict.undecided("a class of numbers that is compared with something else");

    private final TreeComparison comparison;

    ResidueComparison(TreeComparison comparison) {
        this.comparison = comparison;
    }

    /** The verdict, if one of the answers at least is such a class or says that a name is in one; else empty. */
    Optional<Verdict> compare(Node one, Node other) {
        if (!isClass(one) && !isClass(other)) {
            return Optional.empty();
        }
        Optional<Heads.Assignment> mine = Heads.assignment(one);
        Optional<Heads.Assignment> theirs = Heads.assignment(other);
        Optional<Node> head = mine.flatMap(Heads.Assignment::head);
        Optional<Node> second = theirs.flatMap(Heads.Assignment::head);
        boolean openChain = (one instanceof Chain && head.isEmpty()) || (other instanceof Chain && second.isEmpty());
        boolean otherNames = head.isPresent() && second.isPresent() && !head.equals(second);
        if (openChain || otherNames) {
            return Optional.of(OPEN);
        }
        return Optional.of(values(
                head.or(() -> second),
                mine.map(Heads.Assignment::value).orElse(one),
                theirs.map(Heads.Assignment::value).orElse(other)));
    }

    private static boolean isClass(Node node) {
        return node instanceof Residue
                || (node instanceof Chain chain && chain.sides().stream().anyMatch(Residue.class::isInstance));
    }

    /** Whether a class is written by the least number in it that is not negative. */
    private static boolean isLeast(Residue residue) {
        Rational value = Exponents.rational(residue.value());
        Rational modulus = Exponents.rational(residue.modulus());
        return value != null && modulus != null && value.signum() >= 0 && value.compareTo(modulus) < 0;
    }

    private Verdict values(Optional<Node> named, Node one, Node other) {
        if (one instanceof Residue mine && other instanceof Residue theirs) {
            Verdict moduli = comparison.single(mine.modulus(), theirs.modulus());
            if (!moduli.isEqual()) {
                return moduli;
            }
            Optional<Boolean> same = congruent(mine.value(), theirs.value(), mine.modulus());
            if (same.isPresent()) {
                return same.get() ? Verdict.equal(Basis.PROOF) : Verdict.different(Basis.PROOF);
            }
            Verdict values = comparison.single(mine.value(), theirs.value());
            return values.isEqual() ? values : OPEN;
        }
        Residue residue = (Residue) (one instanceof Residue ? one : other);
        Node number = one instanceof Residue ? other : one;
        if (named.isEmpty() && isLeast(residue) && number.equals(residue.value())) {
            return Verdict.equal(Basis.PROOF);
        }
        boolean outside = congruent(residue.value(), number, residue.modulus())
                .filter(in -> !in)
                .isPresent();
        return outside ? Verdict.different(Basis.PROOF) : OPEN;
    }

    /** Whether numbers differ by a multiple of the modulus; empty where they are no numbers. */
    private static Optional<Boolean> congruent(Node one, Node other, Node modulus) {
        Rational left = Exponents.rational(one);
        Rational right = Exponents.rational(other);
        Rational by = Exponents.rational(modulus);
        if (left == null || right == null || by == null || by.isZero() || left.bits() + right.bits() > 4_000) {
            return Optional.empty();
        }
        return Optional.of(left.plus(right.negate()).over(by).isInteger());
    }
}
