package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Braced;
import dev.wst.rewards.math.algebra.Node.Bracketed;
import dev.wst.rewards.math.algebra.Node.Name;
import dev.wst.rewards.math.comparing.Verdict.Basis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Values that belong together: "p = 5, q = 2 or p = 7, q = 3" and "(p, q) = (5, 2), (7, 3)" are the points (5, 2) and
 * (7, 3), and not any other pairing of the same four equations. Names may come in any order in each; points count as a set.
 *
 * <p>Against points without names the values go in the order in which they are written; where that is not the order of the
 * alphabet, which the names may stand for as well, agreement in either order is undecided. Against equations that are in no
 * rounds, agreement is undecided too, since it is not said which belong together.
 */
final class LabelledTuples {
    private final ListComparison lists;

    LabelledTuples(ListComparison lists) {
        this.lists = lists;
    }

    /** The verdict, if one answer at least holds points with names; else empty. */
    Optional<Verdict> compare(List<Node> one, List<Node> other) {
        if (!mayBePoints(one) && !mayBePoints(other)) {
            return Optional.empty();
        }
        List<Map<String, Node>> mine = points(one, false);
        List<Map<String, Node>> theirs = points(other, false);
        if (mine.isEmpty() != theirs.isEmpty()) {
            mine = mine.isEmpty() ? points(one, true) : mine;
            theirs = theirs.isEmpty() ? points(other, true) : theirs;
        }
        if (mine.isEmpty() == theirs.isEmpty()) {
            return mine.isEmpty() ? Optional.empty() : Optional.of(named(mine, theirs));
        }
        List<Map<String, Node>> points = mine.isEmpty() ? theirs : mine;
        List<Node> plain = members(mine.isEmpty() ? one : other);
        List<Node> written = mine.isEmpty() ? other : one;
        if (plain.stream().allMatch(LabelledTuples::isPoint)) {
            return Optional.of(against(points, plain));
        }
        boolean open = points.size() > 1 && plain.size() > 1;
        return open ? Optional.of(withoutRounds(lists.several(written, plain))) : Optional.empty();
    }

    private static Verdict withoutRounds(Verdict verdict) {
        return verdict.isEqual()
                ? Verdict.undecided("the same values, but it is not said which belong together")
                : verdict;
    }

    private Verdict named(List<Map<String, Node>> mine, List<Map<String, Node>> theirs) {
        return mine.get(0).keySet().equals(theirs.get(0).keySet())
                ? lists.sets(alphabetical(mine), alphabetical(theirs))
                : Verdict.different(Basis.TEXT);
    }

    private Verdict against(List<Map<String, Node>> points, List<Node> plain) {
        List<Node> written = new ArrayList<>();
        points.forEach(point -> written.add(place(List.copyOf(point.values()))));
        List<Node> sorted = alphabetical(points);
        Verdict verdict = lists.sets(written, plain);
        if (written.equals(sorted)) {
            return verdict;
        }
        Verdict either = JoinedVerdicts.either(verdict, lists.sets(sorted, plain));
        return either.isEqual() ? Verdict.undecided("points whose names are in no order that is known") : either;
    }

    private static List<Node> alphabetical(List<Map<String, Node>> points) {
        TreeSet<String> names = new TreeSet<>(points.get(0).keySet());
        return points.stream()
                .map(point -> place(names.stream()
                        .map(name -> Objects.requireNonNull(point.get(name)))
                        .toList()))
                .toList();
    }

    private static Node place(List<Node> values) {
        return new Bracketed('(', values, ')');
    }

    /** Spares most answers the search. */
    private static boolean mayBePoints(List<Node> items) {
        return !items.isEmpty() && items.get(0) instanceof Node.Chain;
    }

    /** A set in braces counts by its members. */
    private static List<Node> members(List<Node> items) {
        return items.size() == 1 && items.get(0) instanceof Braced ? Shapes.members(items.get(0)) : items;
    }

    /**
     * The points with their names, each in the order in which it is written; none if the items are anything else.
     *
     * @param one whether one round of names without brackets is a point
     */
    private static List<Map<String, Node>> points(List<Node> items, boolean one) {
        List<Map<String, Node>> points = new ArrayList<>();
        boolean tuples = false;
        for (Node item : items) {
            Optional<Heads.Assignment> assignment = Heads.assignment(item);
            if (assignment.isEmpty() || assignment.get().head().isEmpty()) {
                return List.of();
            }
            Node head = assignment.get().head().get();
            Node value = assignment.get().value();
            if (head instanceof Name name) {
                boolean next = points.isEmpty() || points.get(points.size() - 1).containsKey(name.name());
                if (next) {
                    points.add(new LinkedHashMap<>());
                }
                points.get(points.size() - 1).put(name.name(), value);
            } else {
                Optional<Map<String, Node>> tuple = tuple(head, value);
                if (tuple.isEmpty()) {
                    return List.of();
                }
                tuples = true;
                points.add(tuple.get());
            }
        }
        boolean even = points.stream()
                .allMatch(point -> point.keySet().equals(points.get(0).keySet()));
        boolean several = one || tuples || points.size() > 1;
        return several && even && points.get(0).size() > 1 ? points : List.of();
    }

    /** (p, q) = (5, 2) */
    private static Optional<Map<String, Node>> tuple(Node head, Node value) {
        if (!(head instanceof Bracketed names)
                || !(value instanceof Bracketed values)
                || names.items().size() != values.items().size()) {
            return Optional.empty();
        }
        Map<String, Node> point = new LinkedHashMap<>();
        for (int i = 0; i < names.items().size(); i++) {
            if (names.items().get(i) instanceof Name name) {
                point.put(name.name(), values.items().get(i));
            }
        }
        return point.size() == names.items().size() ? Optional.of(point) : Optional.empty();
    }

    private static boolean isPoint(Node node) {
        return node instanceof Bracketed place && place.open() == '(' && place.close() == ')';
    }
}
