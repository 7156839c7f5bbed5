package dev.wst.rewards;

import dev.wst.Reward;
import java.util.LinkedHashMap;
import java.util.Map;

/** The named parts of a verdict in the making, in order. */
final class Parts {
    private final Map<String, Double> values = new LinkedHashMap<>();

    /** The parts of a verdict, under their own names. */
    static Parts of(Reward verdict) {
        Parts parts = new Parts();
        verdict.parts().forEach(parts::put);
        return parts;
    }

    static String requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a part needs a name to be logged under");
        }
        return name;
    }

    /** @throws IllegalArgumentException if the name is taken: one of the two would be lost from the log */
    Parts put(String name, double value) {
        if (values.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("two parts of one reward are named " + name + "; rename one of them");
        }
        return this;
    }

    /** A verdict under a name, and its parts below it. */
    Parts under(String name, Reward verdict) {
        return put(name, verdict.value()).below(name, verdict);
    }

    /** The parts of a missing verdict, below its name. */
    Parts below(String name, Reward verdict) {
        verdict.parts().forEach((part, value) -> put(name + "/" + part, value));
        return this;
    }

    /** No verdict for want of the one of that name, whose parts are kept. */
    static Reward without(String name, Reward verdict) {
        return verdict.missing(name + ": " + verdict.reason(), new Parts().below(name, verdict).values);
    }

    /** A verdict of that value with these parts; unscored if it is not finite. */
    Reward worth(double value) {
        return Double.isFinite(value)
                ? Reward.of(value, values)
                : Reward.unscored("the value would be " + value + ", from " + values);
    }
}
