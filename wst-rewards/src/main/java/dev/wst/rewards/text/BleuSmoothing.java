package dev.wst.rewards.text;

/**
 * What BLEU takes for the precision of an order without a match, which would otherwise make the whole 0. The names in
 * brackets are those of Chen and Cherry (WMT 2014) and of sacreBLEU.
 */
public enum BleuSmoothing {
    /** Nothing: 0 stays 0 (none). */
    NONE {
        @Override
        double precision(int matches, int total, int order, int emptyOrders) {
            return (double) matches / total;
        }
    },
    /** 0.1 matches in place of none (method 1; floor). */
    FLOOR {
        @Override
        double precision(int matches, int total, int order, int emptyOrders) {
            return (matches == 0 ? 0.1 : matches) / total;
        }
    },
    /** One more match and one more n-gram in every order but the first (method 2; add-k with k = 1). */
    ADD_ONE {
        @Override
        double precision(int matches, int total, int order, int emptyOrders) {
            return order == 1 ? (double) matches / total : (matches + 1.0) / (total + 1.0);
        }
    },
    /** 1/2, 1/4, 1/8 ... of a match for the first, second, third order without one (method 3; exp). */
    EXPONENTIAL {
        @Override
        double precision(int matches, int total, int order, int emptyOrders) {
            return (matches == 0 ? Math.pow(2, -emptyOrders) : matches) / total;
        }
    };

    /**
     * @param order from 1
     * @param emptyOrders how many orders had no match so far, this one included
     */
    abstract double precision(int matches, int total, int order, int emptyOrders);
}
