package dev.wst.rewards.math;

import dev.wst.rewards.math.Node.Matrix;
import dev.wst.rewards.math.Node.Product;
import dev.wst.rewards.math.Node.Sum;
import java.util.ArrayList;
import java.util.List;

/** Adds matrices of one size entry by entry. */
final class MatrixSums {
    private MatrixSums() {}

    /** The sum as one matrix if all its terms are matrices, with factors or without; else as it is. */
    static Node carriedOut(Sum sum) {
        List<Matrix> terms = new ArrayList<>();
        for (Node term : sum.terms()) {
            Node plain = term instanceof Product product ? Shapes.intoMatrix(flat(product)) : term;
            if (!(plain instanceof Matrix matrix) || matrix.determinant() || !sameSize(matrix, terms)) {
                return sum;
            }
            terms.add(matrix);
        }
        List<List<Node>> rows = new ArrayList<>();
        for (int row = 0; row < terms.get(0).rows().size(); row++) {
            List<Node> entries = new ArrayList<>();
            for (int column = 0; column < terms.get(0).rows().get(row).size(); column++) {
                entries.add(entry(terms, row, column));
            }
            rows.add(entries);
        }
        return new Matrix(rows, false);
    }

    private static boolean sameSize(Matrix matrix, List<Matrix> others) {
        return others.isEmpty()
                || (others.get(0).rows().size() == matrix.rows().size()
                        && others.get(0).rows().get(0).size()
                                == matrix.rows().get(0).size());
    }

    private static Node entry(List<Matrix> terms, int row, int column) {
        return new Sum(
                terms.stream().map(matrix -> matrix.rows().get(row).get(column)).toList());
    }

    /** The factors of factors: a term with a minus sign is a product of -1 and the term. */
    private static Product flat(Product product) {
        List<Node> factors = new ArrayList<>();
        for (Node factor : product.factors()) {
            factors.addAll(factor instanceof Product inner ? inner.factors() : List.of(factor));
        }
        return new Product(factors);
    }
}
