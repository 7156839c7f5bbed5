package dev.wst.serving;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The categories of a validation's questions, and which of them are taught. */
final class Categories {
    /** The two ends together; each is broken half as often. */
    private static final double ERROR = 0.05;

    private final BothWays all;
    private final IdentityHashMap<BothWays.Pair, String> nameOf = new IdentityHashMap<>();
    private final SortedMap<String, BothWays> byName;

    /** @param categoryOf of a question */
    Categories(BothWays all, Function<String, String> categoryOf) {
        this.all = all;
        all.pairs()
                .forEach(pair ->
                        nameOf.put(pair, categoryOf.apply(pair.attempt().task().prompt())));
        this.byName = all.pairs().stream()
                .collect(Collectors.groupingBy(
                        this::of, TreeMap::new, Collectors.collectingAndThen(Collectors.toList(), BothWays::new)));
    }

    private String of(BothWays.Pair pair) {
        return Objects.requireNonNull(nameOf.get(pair), "no pair of this validation");
    }

    boolean isIn(BothWays.Pair pair, Set<String> names) {
        return names.contains(of(pair));
    }

    Set<String> others(Set<String> names) {
        Set<String> others = new TreeSet<>(byName.keySet());
        others.removeAll(names);
        return others;
    }

    /**
     * All that help, less those that harm most for what they gain until the rest keep the bound.
     *
     * @throws IllegalArgumentException if there are too few questions to tell even a harmless teacher from one that breaks the bound
     */
    Set<String> chosen(double mostHarm) {
        all.requireEnough(mostHarm, level(byName.size()));
        TreeSet<String> taught = new TreeSet<>(byName.keySet());
        taught.removeIf(name -> !helps(name));
        List<String> worstFirst = taught.stream()
                .sorted(Comparator.comparingDouble(this::harmedForGain).reversed())
                .toList();
        for (String worst : worstFirst) {
            if (harmed(taught) <= all.mostHarmed(mostHarm, level(taught.size()))) {
                return taught;
            }
            taught.remove(worst);
        }
        return taught;
    }

    /** By a confidence that all categories share, since each of them has its chance to seem helpful. */
    private boolean helps(String name) {
        return category(name).gain(pair -> true, 1 - ERROR / byName.size()).low() > 0;
    }

    private BothWays category(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    private double harmedForGain(String name) {
        BothWays inIt = category(name);
        return harmed(Set.of(name))
                / (inIt.gain(pair -> true, 1 - ERROR).mean() * inIt.pairs().size());
    }

    private int harmed(Set<String> names) {
        return names.stream()
                .mapToInt(name -> category(name).count(BothWays.Pair::isHarmed))
                .sum();
    }

    /**
     * The confidence with which an interval holds for whichever so many categories are chosen, and for any other number of them: a
     * chance of error shared evenly by all numbers of categories, and by all choices of so many.
     *
     * @return 1 where there are more choices than a double can tell apart from none
     */
    double level(int chosen) {
        double choices = byName.size();
        for (int i = 1; i <= chosen; i++) {
            choices = choices * (byName.size() - chosen + i) / i;
        }
        return 1 - ERROR / choices;
    }
}
