package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Canonical;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Degrees;
import dev.wst.rewards.math.algebra.Node.InBase;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Percent;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Quantity;
import dev.wst.rewards.math.algebra.Trees;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import dev.wst.rewards.math.reading.Units;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares single values with what may stand around them: percent and degree signs, units, the base of a numeral. */
final class ValueComparison {
    private final Leniency leniency;
    private final ScalarComparison scalars;

    ValueComparison(Leniency leniency, Budget budget) {
        this.leniency = leniency;
        this.scalars = new ScalarComparison(leniency.significant(), budget);
    }

    /** @throws Canonical.NotScalar if one of them is no value */
    Verdict compare(Node one, Node other) {
        Node left = spelled(one, other);
        Node right = spelled(other, one);
        if (left instanceof Quantity || right instanceof Quantity) {
            return quantities(left, right);
        }
        if (left instanceof InBase || right instanceof InBase) {
            return inBase(left, right);
        }
        if (left instanceof Percent || right instanceof Percent) {
            return percents(left, right);
        }
        if (left instanceof Degrees || right instanceof Degrees) {
            return degrees(left, right);
        }
        return scalars.compare(left, right);
    }

    /** "5m" beside a quantity: names after a number that are units are read as such; beside a plain number they are variables. */
    private static Node spelled(Node node, Node other) {
        if (!(node instanceof Product product) || !(other instanceof Quantity)) {
            return node;
        }
        List<Node> factors = product.factors();
        boolean units = factors.size() > 1 && factors.stream().skip(1).allMatch(ValueComparison::isUnit);
        return units && !Trees.hasNames(factors.get(0)) ? new Quantity(factors.get(0), unit(factors)) : node;
    }

    private static String unit(List<Node> factors) {
        return factors.size() == 2 && factors.get(1) instanceof Name name ? name.name() : "units as letters";
    }

    private static boolean isUnit(Node node) {
        Node base = node instanceof Power power ? power.base() : node;
        return base instanceof Name name && Units.known(name.name().toLowerCase(Locale.ROOT));
    }

    private Verdict quantities(Node left, Node right) {
        if (left instanceof Quantity mine && right instanceof Quantity theirs) {
            Optional<Units.Unit> unit = Units.named(mine.unit());
            Optional<Units.Unit> other = Units.named(theirs.unit());
            boolean unknown = unit.isEmpty() || other.isEmpty();
            if (unknown && leniency.units() == UnitPolicy.REQUIRED && !Units.sameWords(mine.unit(), theirs.unit())) {
                return Verdict.different(Basis.TEXT);
            }
            if (unit.isEmpty() || other.isEmpty() || unit.equals(other)) {
                return compare(mine.value(), theirs.value());
            }
            return unit.get().dimension().equals(other.get().dimension())
                    ? compare(scaled(mine.value(), unit.get()), scaled(theirs.value(), other.get()))
                    : Verdict.different(Basis.TEXT);
        }
        if (leniency.units() == UnitPolicy.REQUIRED) {
            return Verdict.different(Basis.TEXT);
        }
        return compare(bare(left), bare(right));
    }

    private static Node bare(Node node) {
        return node instanceof Quantity quantity ? quantity.value() : node;
    }

    private static Node scaled(Node value, Units.Unit unit) {
        return new Product(List.of(value, Numeral.of(unit.factor())));
    }

    /** Digits and base must agree; a numeral without base is read as if it had that of the other. */
    private static Verdict inBase(Node left, Node right) {
        boolean sameBase =
                !(left instanceof InBase mine) || !(right instanceof InBase theirs) || mine.base() == theirs.base();
        String digits = digits(left);
        return sameBase && !digits.isEmpty() && digits.equals(digits(right))
                ? Verdict.equal(Basis.PROOF)
                : Verdict.different(Basis.PROOF);
    }

    private static String digits(Node node) {
        if (node instanceof InBase inBase) {
            return inBase.digits().replaceFirst("^0+(?=.)", "");
        }
        if (node instanceof Product product && product.factors().get(0) instanceof Numeral first) {
            return product.factors().stream()
                    .skip(1)
                    .map(ValueComparison::letter)
                    .collect(Collectors.joining("", digits(first), ""));
        }
        return node instanceof Numeral numeral
                        && numeral.value().isInteger()
                        && numeral.value().bits() < 4000
                ? numeral.value().numerator().toString()
                : "";
    }

    /** The A of "152A", which is read as a product; a factor that is no digit spoils all. */
    private static String letter(Node factor) {
        return factor instanceof Name name && name.name().matches("[A-F]") ? name.name() : " ";
    }

    private Verdict percents(Node left, Node right) {
        if (left instanceof Percent mine && right instanceof Percent theirs) {
            return scalars.compare(mine.value(), theirs.value());
        }
        Percent percent = (Percent) (left instanceof Percent ? left : right);
        Node plain = left instanceof Percent ? right : left;
        Node bare = plain instanceof Degrees degrees ? degrees.value() : plain;
        Verdict dropped = leniency.percent() == PercentPolicy.HUNDREDTHS
                ? Verdict.different(Basis.TEXT)
                : scalars.compare(percent.value(), bare);
        return dropped.isEqual() || leniency.percent() == PercentPolicy.SIGN_DROPPED
                ? dropped
                : JoinedVerdicts.either(dropped, scalars.compare(percent, bare));
    }

    private Verdict degrees(Node left, Node right) {
        if (left instanceof Degrees mine && right instanceof Degrees theirs) {
            return scalars.compare(mine.value(), theirs.value());
        }
        Degrees degrees = (Degrees) (left instanceof Degrees ? left : right);
        Node plain = left instanceof Degrees ? right : left;
        Verdict dropped = scalars.compare(degrees.value(), plain);
        return dropped.isEqual() ? dropped : JoinedVerdicts.either(dropped, scalars.compare(degrees, plain));
    }
}
