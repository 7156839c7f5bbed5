package dev.wst.rewards.math.comparing;

import dev.wst.rewards.math.algebra.Node;
import dev.wst.rewards.math.algebra.Node.Chain;
import dev.wst.rewards.math.algebra.Node.PlusMinus;
import dev.wst.rewards.math.algebra.Node.Relation;
import dev.wst.rewards.math.algebra.Node.Several;
import dev.wst.rewards.math.algebra.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits an answer into the answers that it lists: at separators, and at plus-minus signs. */
final class Items {
    private Items() {}

    static List<Node> of(Node node) {
        List<Node> items = new ArrayList<>();
        collect(node, items);
        return headsCarried(items);
    }

    private static void collect(Node node, List<Node> items) {
        if (node instanceof Several several) {
            several.items().forEach(item -> collect(item, items));
        } else if (Trees.any(node, part -> part instanceof PlusMinus)) {
            collectSigns(node, items);
        } else {
            items.add(node);
        }
    }

    /** All upper signs, then all lower signs; a list inside keeps its own signs. */
    private static void collectSigns(Node node, List<Node> items) {
        if (node instanceof Node.Braced braced) {
            List<Node> inner = new ArrayList<>();
            braced.items().forEach(item -> collect(item, inner));
            items.add(new Node.Braced(inner));
            return;
        }
        Node upper = signed(node, 1);
        Node lower = signed(node, -1);
        items.add(upper);
        if (!upper.equals(lower)) {
            items.add(lower);
        }
    }

    private static Node signed(Node node, int reading) {
        return Trees.mapped(node, part -> {
            if (part instanceof PlusMinus plusMinus) {
                return plusMinus.upper() == reading ? plusMinus.term() : Node.negated(plusMinus.term());
            }
            return part;
        });
    }

    /** In "n = 2, 3, 4" the later values belong to n as well. */
    private static List<Node> headsCarried(List<Node> items) {
        if (items.size() < 2 || !(items.get(0) instanceof Chain)) {
            return items;
        }
        Optional<Heads.Assignment> first = Heads.assignment(items.get(0));
        boolean restBare = items.stream().skip(1).noneMatch(item -> item instanceof Chain);
        if (first.isEmpty() || first.get().head().isEmpty() || !restBare) {
            return items;
        }
        List<Node> carried = new ArrayList<>(items.subList(0, 1));
        for (Node item : items.subList(1, items.size())) {
            carried.add(new Chain(List.of(first.get().head().get(), item), List.of(Relation.EQUAL)));
        }
        return carried;
    }
}
