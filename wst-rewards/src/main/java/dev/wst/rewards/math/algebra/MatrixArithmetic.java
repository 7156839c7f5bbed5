package dev.wst.rewards.math.algebra;

import dev.wst.rewards.math.algebra.Node.Call;
import dev.wst.rewards.math.algebra.Node.Matrix;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.algebra.Node.Power;
import dev.wst.rewards.math.algebra.Node.Product;
import dev.wst.rewards.math.algebra.Node.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Carries out what is written of matrices: sums, products in their order, whole powers, inverses, transposes and
 * determinants. A matrix of one entry is that entry. What is left, as a power with a letter or factors that do not fit, is
 * not carried out, and there is no verdict on it.
 */
public final class MatrixArithmetic {
    private static final Set<String> TRANSPOSED = Set.of("T", "\\top", "\\intercal");
    private static final int LARGEST = 6;
    private static final int HIGHEST_POWER = 12;

    private final Budget budget;

    public MatrixArithmetic(Budget budget) {
        this.budget = budget;
    }

    /** Whether a matrix may stand in a text. */
    public static boolean mayBeIn(String text) {
        return text.contains("matrix") || text.contains("array");
    }

    /**
     * The tree with all matrix expressions carried out.
     *
     * @throws Budget.NotCarriedOut if one cannot be
     * @throws ArithmeticException for the inverse of a matrix that has none
     */
    public Node carriedOut(Node node) {
        Node done = Trees.mapped(node, this::step);
        if (Trees.any(done, MatrixArithmetic::isOpen)) {
            throw new Budget.NotCarriedOut("an expression of matrices that is not carried out");
        }
        return done;
    }

    private static boolean isOpen(Node node) {
        boolean operation =
                node instanceof Sum || node instanceof Product || node instanceof Power || node instanceof Call;
        return operation && Trees.children(node).stream().anyMatch(Matrix.class::isInstance);
    }

    private Node step(Node part) {
        if (part instanceof Matrix matrix) {
            return matrix.determinant() ? determinant(matrix).orElse(part) : entry(matrix);
        }
        if (!isOpen(part)) {
            return part;
        }
        if (part instanceof Call call) {
            boolean size = call.function().equals("det") || call.function().equals("abs");
            return size && call.arguments().get(0) instanceof Matrix matrix
                    ? determinant(matrix).orElse(part)
                    : part;
        }
        if (part instanceof Power power) {
            return power.base() instanceof Matrix base
                    ? power(base, power.exponent()).orElse(part)
                    : part;
        }
        return part instanceof Product product ? product(product) : sum((Sum) part);
    }

    private static Node entry(Matrix matrix) {
        boolean single = matrix.rows().size() == 1 && matrix.rows().get(0).size() == 1;
        return single ? matrix.rows().get(0).get(0) : matrix;
    }

    private Node sum(Sum sum) {
        Optional<Matrix> total = Optional.empty();
        for (Node term : sum.terms()) {
            if (!(term instanceof Matrix matrix)
                    || total.filter(before -> !sameSize(before, matrix)).isPresent()) {
                return sum;
            }
            total = Optional.of(total.map(before -> added(before, matrix)).orElse(matrix));
        }
        return total.map(Node.class::cast).orElse(sum);
    }

    private static boolean sameSize(Matrix one, Matrix other) {
        return height(one) == height(other) && width(one) == width(other);
    }

    private static int height(Matrix matrix) {
        return matrix.rows().size();
    }

    private static int width(Matrix matrix) {
        return matrix.rows().get(0).size();
    }

    private Matrix added(Matrix one, Matrix other) {
        return of(height(one), width(one), (i, j) -> new Sum(List.of(at(one, i, j), at(other, i, j))));
    }

    private static Node at(Matrix matrix, int row, int column) {
        return matrix.rows().get(row).get(column);
    }

    /** An entry from its row and column. */
    private interface Entries {
        Node at(int row, int column);
    }

    private Matrix of(int height, int width, Entries entries) {
        List<List<Node>> rows = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            List<Node> row = new ArrayList<>();
            for (int j = 0; j < width; j++) {
                budget.spend(1);
                row.add(simple(entries.at(i, j)));
            }
            rows.add(List.copyOf(row));
        }
        return new Matrix(List.copyOf(rows), false);
    }

    /** A number where it is one. */
    private Node simple(Node node) {
        return new ExactValues(Map.of(), budget)
                .of(node)
                .map(value -> (Node) Numeral.of(value))
                .orElse(node);
    }

    private Node product(Product product) {
        List<Node> scalars = new ArrayList<>();
        Optional<Matrix> total = Optional.empty();
        for (Node factor : product.factors()) {
            if (!(factor instanceof Matrix matrix)) {
                scalars.add(factor);
            } else if (total.isEmpty()) {
                total = Optional.of(matrix);
            } else {
                Optional<Matrix> times = times(total.get(), matrix);
                if (times.isEmpty()) {
                    return product;
                }
                total = times;
            }
        }
        Matrix matrix = total.orElseThrow();
        return entry(scalars.isEmpty() ? matrix : scaled(matrix, scalars));
    }

    private Matrix scaled(Matrix matrix, List<Node> scalars) {
        return of(height(matrix), width(matrix), (i, j) -> {
            List<Node> factors = new ArrayList<>(scalars);
            factors.add(at(matrix, i, j));
            return new Product(List.copyOf(factors));
        });
    }

    private Optional<Matrix> times(Matrix one, Matrix other) {
        if (width(one) != height(other) || height(one) > LARGEST || width(one) > LARGEST || width(other) > LARGEST) {
            return Optional.empty();
        }
        return Optional.of(of(
                height(one),
                width(other),
                (i, j) -> total(IntStream.range(0, width(one))
                        .mapToObj(k -> (Node) new Product(List.of(at(one, i, k), at(other, k, j))))
                        .toList())));
    }

    private static Node total(List<Node> terms) {
        return terms.size() == 1 ? terms.get(0) : new Sum(terms);
    }

    private Optional<Node> power(Matrix base, Node exponent) {
        if (exponent instanceof Name name && TRANSPOSED.contains(name.name())) {
            return Optional.of(of(width(base), height(base), (i, j) -> at(base, j, i)));
        }
        Rational power = Exponents.rational(exponent);
        if (power == null || !power.isSmall(HIGHEST_POWER) || height(base) != width(base) || height(base) > LARGEST) {
            return Optional.empty();
        }
        Matrix factor = power.signum() < 0 ? inverse(base) : base;
        Matrix total = of(height(base), width(base), (i, j) -> Numeral.of(i == j ? 1 : 0));
        for (int i = 0; i < Math.abs(power.intValue()); i++) {
            total = times(total, factor).orElseThrow();
        }
        return Optional.of(total);
    }

    /** By the adjugate. */
    private Matrix inverse(Matrix matrix) {
        Node whole = simple(expanded(matrix));
        if (whole.equals(Numeral.of(0))) {
            throw new ArithmeticException("the inverse of a matrix that has none");
        }
        Node scale = Node.inverse(whole);
        if (height(matrix) == 1) {
            return of(1, 1, (i, j) -> scale);
        }
        return of(height(matrix), height(matrix), (i, j) -> {
            Node minor = expanded(without(matrix, j, i));
            return new Product(List.of((i + j) % 2 == 0 ? minor : Node.negated(minor), scale));
        });
    }

    private Optional<Node> determinant(Matrix matrix) {
        boolean possible = height(matrix) == width(matrix) && height(matrix) <= LARGEST;
        return possible ? Optional.of(simple(expanded(matrix))) : Optional.empty();
    }

    /** Along the first row. */
    private Node expanded(Matrix matrix) {
        budget.spend(1);
        if (height(matrix) == 1) {
            return at(matrix, 0, 0);
        }
        List<Node> terms = new ArrayList<>();
        for (int j = 0; j < width(matrix); j++) {
            Node minor = new Product(List.of(at(matrix, 0, j), expanded(without(matrix, 0, j))));
            terms.add(j % 2 == 0 ? minor : Node.negated(minor));
        }
        return simple(new Sum(List.copyOf(terms)));
    }

    private static Matrix without(Matrix matrix, int row, int column) {
        List<List<Node>> rows = new ArrayList<>();
        for (int i = 0; i < height(matrix); i++) {
            if (i != row) {
                List<Node> entries = new ArrayList<>(matrix.rows().get(i));
                entries.remove(column);
                rows.add(List.copyOf(entries));
            }
        }
        return new Matrix(List.copyOf(rows), false);
    }
}
