package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Budget;
import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Bracketed;
import dev.wst.rewards.math.algebra.Node.Matrix;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.algebra.Node.Numeral;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Compares lists in order, lists in any order, sets and matrices. */
final class ListComparison {
    private static final int KEYS_PER_UNIT = 10;
    private static final Node UNIT = new Name("I");

    private final TreeComparison comparison;
    private final Budget budget;

    ListComparison(TreeComparison comparison, Budget budget) {
        this.comparison = comparison;
        this.budget = budget;
    }

    Verdict inOrder(List<Node> left, List<Node> right) {
        if (left.size() != right.size()) {
            return Verdict.different(Basis.TEXT);
        }
        Verdict all = Verdict.equal(Basis.PROOF);
        for (int i = 0; i < left.size() && !all.isDifferent(); i++) {
            all = JoinedVerdicts.both(all, comparison.compare(left.get(i), right.get(i)));
        }
        return all;
    }

    /** Bare lists: in any order, but "x = 2, y = 3" against "2, 3" goes by position. */
    Verdict several(List<Node> left, List<Node> right) {
        if (arePlaces(left) && arePlaces(right)) {
            return sets(left, right);
        }
        if (left.size() != right.size()) {
            return Verdict.different(Basis.TEXT);
        }
        boolean positional = (distinctHeads(left) > 1 && heads(right).isEmpty())
                || (distinctHeads(right) > 1 && heads(left).isEmpty());
        return positional ? inOrder(left, right) : anyOrder(left, right);
    }

    /** Points are listed as a set: one that is named twice counts once. */
    private static boolean arePlaces(List<Node> items) {
        return items.stream()
                .allMatch(item -> item instanceof Bracketed place && place.open() == '(' && place.close() == ')');
    }

    private static long distinctHeads(List<Node> items) {
        return heads(items).size();
    }

    /** The names that items carry; x_1 and x_2 count as one, since roots are numbered as one likes, but a_3 and a_37 do not. */
    private static Set<String> heads(List<Node> items) {
        Set<String> heads = items.stream()
                .map(Heads::assignment)
                .flatMap(Optional::stream)
                .flatMap(assignment -> assignment.head().stream())
                .map(head -> head instanceof Name name ? name.name() : head.toString())
                .collect(Collectors.toSet());
        return areNumbered(heads) ? Set.of("numbered") : heads;
    }

    /** Whether the names are x_1, x_2 and so on without a gap. */
    private static boolean areNumbered(Set<String> heads) {
        if (heads.isEmpty()) {
            return false;
        }
        String first = heads.iterator().next().replaceFirst("_.*", "_");
        return IntStream.rangeClosed(1, heads.size()).allMatch(i -> heads.contains(first + i));
    }

    private Verdict anyOrder(List<Node> left, List<Node> right) {
        budget.spend(1 + left.size() / KEYS_PER_UNIT);
        Map<Node, Integer> counts = new HashMap<>();
        right.forEach(item -> counts.merge(key(item), 1, Integer::sum));
        List<Node> unmatched = unmatched(left, counts);
        Map<Node, Integer> others = new HashMap<>();
        left.forEach(item -> others.merge(key(item), 1, Integer::sum));
        List<Node> open = unmatched(right, others);
        Verdict all = Verdict.equal(Basis.PROOF);
        for (Node item : unmatched) {
            Verdict found = take(item, open);
            all = JoinedVerdicts.both(all, found);
            if (all.isDifferent()) {
                return all;
            }
        }
        return all;
    }

    /** The items that have no partner with the same key; each partner serves once. */
    private static List<Node> unmatched(List<Node> items, Map<Node, Integer> partners) {
        List<Node> unmatched = new ArrayList<>();
        for (Node item : items) {
            int left = partners.merge(key(item), -1, Integer::sum);
            if (left < 0) {
                unmatched.add(item);
            }
        }
        return unmatched;
    }

    /** Items with equal keys are equal: 1.0 and 1 have the same. */
    private static Node key(Node item) {
        return item instanceof Numeral numeral ? Numeral.of(numeral.value()) : item;
    }

    private Verdict take(Node item, List<Node> open) {
        Verdict best = Verdict.different(Basis.PROOF);
        for (int i = 0; i < open.size(); i++) {
            Verdict verdict = comparison.single(item, open.get(i));
            if (verdict.isEqual()) {
                open.remove(i);
                return verdict;
            }
            best = JoinedVerdicts.either(best, verdict);
        }
        return best;
    }

    /** Sets: every member of each is in the other. */
    Verdict sets(List<Node> left, List<Node> right) {
        if (left.size() == right.size()) {
            Verdict matched = anyOrder(left, right);
            if (matched.isEqual()) {
                return matched;
            }
        }
        Verdict within = covered(left, right);
        return within.isDifferent() ? within : JoinedVerdicts.both(within, covered(right, left));
    }

    private Verdict covered(List<Node> members, List<Node> by) {
        budget.spend(1 + members.size() / KEYS_PER_UNIT);
        Set<Node> keys = by.stream().map(ListComparison::key).collect(Collectors.toSet());
        Verdict all = Verdict.equal(Basis.PROOF);
        for (Node member : members) {
            if (keys.contains(key(member))) {
                continue;
            }
            Verdict found = take(member, new ArrayList<>(by));
            all = JoinedVerdicts.both(all, found);
            if (all.isDifferent()) {
                return all;
            }
        }
        return all;
    }

    /**
     * Matrices entry by entry; a column or row may be written as a point, a matrix as a list of lists. The letter I may mean
     * the matrix that leaves all others as they are.
     */
    Verdict matrices(Node one, Node other) {
        if ((isUnit(one) && other.equals(UNIT)) || (isUnit(other) && one.equals(UNIT))) {
            return Verdict.undecided("a matrix that is called by a letter");
        }
        Optional<Matrix> left = matrix(one, other);
        Optional<Matrix> right = matrix(other, one);
        if (left.isEmpty()
                || right.isEmpty()
                || left.get().determinant() != right.get().determinant()) {
            return Verdict.different(Basis.TEXT);
        }
        List<List<Node>> mine = left.get().rows();
        List<List<Node>> theirs = right.get().rows();
        if (mine.size() != theirs.size() || mine.get(0).size() != theirs.get(0).size()) {
            return Verdict.different(Basis.TEXT);
        }
        Verdict all = Verdict.equal(Basis.PROOF);
        for (int i = 0; i < mine.size() && !all.isDifferent(); i++) {
            all = JoinedVerdicts.both(all, inOrder(mine.get(i), theirs.get(i)));
        }
        return all;
    }

    private static boolean isUnit(Node node) {
        if (!(node instanceof Matrix matrix)
                || matrix.rows().size() != matrix.rows().get(0).size()) {
            return false;
        }
        return IntStream.range(0, matrix.rows().size())
                .allMatch(i -> IntStream.range(0, matrix.rows().size())
                        .allMatch(j -> key(matrix.rows().get(i).get(j)).equals(Numeral.of(i == j ? 1 : 0))));
    }

    private static Optional<Matrix> matrix(Node node, Node other) {
        if (node instanceof Matrix matrix) {
            return Optional.of(matrix);
        }
        if (!(node instanceof Bracketed bracketed) || !(other instanceof Matrix model)) {
            return Optional.empty();
        }
        if (bracketed.items().stream().allMatch(Bracketed.class::isInstance)) {
            List<List<Node>> rows = bracketed.items().stream()
                    .map(row -> ((Bracketed) row).items())
                    .toList();
            boolean even =
                    rows.stream().allMatch(row -> row.size() == rows.get(0).size());
            return even ? Optional.of(new Matrix(rows, false)) : Optional.empty();
        }
        boolean column = model.rows().get(0).size() == 1;
        List<List<Node>> rows =
                column ? bracketed.items().stream().map(List::of).toList() : List.of(bracketed.items());
        return Optional.of(new Matrix(rows, false));
    }
}
