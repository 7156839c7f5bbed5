package dev.wst.rewards.math.algebra;

import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a polynomial in variables and constants as a tree again. */
public final class PolynomialTree {
    private PolynomialTree() {}

    public static Node of(Map<Monomial, Rational> terms, Atoms atoms) {
        List<Node> sum = new ArrayList<>();
        terms.forEach((monomial, coefficient) -> {
            List<Node> factors = new ArrayList<>(List.of(Numeral.of(coefficient)));
            for (int position = 0; position < monomial.size(); position++) {
                Rational exponent = Rational.of(monomial.exponent(position), Monomial.UNIT);
                Node generator = atoms.tree(monomial.atom(position));
                factors.add(exponent.isOne() ? generator : new Power(generator, Numeral.of(exponent)));
            }
            sum.add(factors.size() == 1 ? factors.get(0) : new Product(List.copyOf(factors)));
        });
        return sum.isEmpty() ? Numeral.of(0) : sum.size() == 1 ? sum.get(0) : new Sum(List.copyOf(sum));
    }
}
