package dev.wst.rewards.math;

import dev.wst.rewards.math.Node.Bracketed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads "p = 5, q = 2 or p = 7, q = 2" as the points (5, 2) and (7, 2) beside an answer that lists points. */
final class LabelledTuples {
    private LabelledTuples() {}

    /** The points, if the items are values whose names come in rounds; else the items as they are. */
    static List<Node> grouped(List<Node> items, List<Node> others) {
        if (others.isEmpty() || !others.stream().allMatch(LabelledTuples::isPoint)) {
            return items;
        }
        List<Node> names = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        for (Node item : items) {
            Optional<Heads.Assignment> assignment = Heads.assignment(item);
            if (assignment.isEmpty() || assignment.get().head().isEmpty()) {
                return items;
            }
            names.add(assignment.get().head().get());
            values.add(assignment.get().value());
        }
        int round = names.size() < 2 ? 0 : names.subList(1, names.size()).indexOf(names.get(0)) + 1;
        if (round < 2 || items.size() % round != 0) {
            return items;
        }
        List<Node> points = new ArrayList<>();
        for (int i = 0; i < items.size(); i += round) {
            if (!names.subList(i, i + round).equals(names.subList(0, round))) {
                return items;
            }
            points.add(new Bracketed('(', List.copyOf(values.subList(i, i + round)), ')'));
        }
        return points;
    }

    private static boolean isPoint(Node node) {
        Node value = Heads.assignment(node).map(Heads.Assignment::value).orElse(node);
        return value instanceof Bracketed place && place.open() == '(' && place.close() == ')';
    }
}
