package dev.wst.rewards.math.algebra;

import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Sum;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Values of expressions of sums, products, whole powers and rounding at rational points, without error and fast. */
public final class ExactValues {
    private static final int MOST_POWER = 12;
    private static final int MOST_BITS = 600;

    private final Map<String, Rational> point;
    private final Budget budget;
    private int nodes;

    public ExactValues(Map<String, Rational> point, Budget budget) {
        this.point = point;
        this.budget = budget;
    }

    /**
     * The value; empty if the expression is more than can be had so.
     *
     * @throws ArithmeticException if it divides by zero
     */
    public Optional<Rational> of(Node node) {
        if (++nodes % 4 == 0) {
            budget.spend(1);
        }
        if (node instanceof Numeral numeral) {
            return Optional.of(numeral.value());
        }
        if (node instanceof Name name) {
            return Optional.ofNullable(point.get(name.name()));
        }
        if (node instanceof Sum sum) {
            return all(sum.terms(), Rational::plus);
        }
        if (node instanceof Product product) {
            return all(product.factors(), Rational::times);
        }
        if (node instanceof Power power) {
            return power(power);
        }
        return node instanceof Call call ? call(call) : Optional.empty();
    }

    private Optional<Rational> all(List<Node> parts, BinaryOperator<Rational> operation) {
        Optional<Rational> total = of(parts.get(0));
        for (Node part : parts.subList(1, parts.size())) {
            Optional<Rational> value = of(part);
            if (total.isEmpty()
                    || value.isEmpty()
                    || total.get().bits() + value.get().bits() > MOST_BITS) {
                return Optional.empty();
            }
            total = Optional.of(operation.apply(total.get(), value.get()));
        }
        return total;
    }

    private Optional<Rational> power(Power power) {
        Optional<Rational> base = of(power.base());
        Optional<Rational> exponent = of(power.exponent());
        if (base.isEmpty() || exponent.isEmpty() || !exponent.get().isInteger()) {
            return Optional.empty();
        }
        boolean sign = base.get().abs().isOne();
        if (sign) {
            boolean odd = exponent.get().numerator().testBit(0);
            return Optional.of(odd ? base.get() : Rational.ONE);
        }
        if (!exponent.get().abs().isSmall(MOST_POWER)) {
            return Optional.empty();
        }
        if (base.get().isZero() && exponent.get().signum() < 0) {
            throw new ArithmeticException("division by zero");
        }
        return Optional.of(base.get().power(exponent.get().intValue(), budget));
    }

    private Optional<Rational> call(Call call) {
        return switch (call.function()) {
            case "floor" -> of(call.arguments().get(0)).map(value -> value.floor(budget));
            case "ceil" ->
                of(call.arguments().get(0))
                        .map(value -> value.negate().floor(budget).negate());
            case "sgn" -> of(call.arguments().get(0)).map(value -> Rational.of(value.signum()));
            case "abs" -> of(call.arguments().get(0)).map(Rational::abs);
            case "max" -> all(call.arguments(), (one, other) -> one.compareTo(other) >= 0 ? one : other);
            case "min" -> all(call.arguments(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
            default -> Optional.empty();
        };
    }
}
