package dev.wst.rewards;

import java.util.Collections;
import java.util.List;

/** How the weighted values of the parts become one; at least one value. */
enum Combination {
    SUM {
        @Override
        double of(List<Double> values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum;
        }
    },
    MIN {
        @Override
        double of(List<Double> values) {
            return Collections.min(values);
        }
    };

    abstract double of(List<Double> values);
}
