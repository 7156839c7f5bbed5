package dev.wst.engine.nn;

import dev.wst.engine.tensor.Index;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads prompts into a cache, some at once. */
final class Prefill {
    /** How the keys and values of some prompts come into the cache. */
    interface Keeping {
        /**
         * Attention within a batch that also keeps what was computed.
         *
         * @param first the number of the first prompt of the batch
         * @param tokenRows the packed row of each token of each prompt
         */
        Attention within(PackedBatch batch, int first, List<int[]> tokenRows);
    }

    /** Prompt rows that go through the decoder at once. */
    static final int ROWS_AT_ONCE = 1024;

    private final Decoder decoder;
    private final Kernels kernels;
    private final Keeping keeping;
    private final int[] continuations;
    private final boolean adapted;

    /**
     * Prepares.
     *
     * @param continuations [B] how many of each prompt will be written
     */
    Prefill(Decoder decoder, Keeping keeping, int[] continuations, boolean adapted) {
        this.decoder = decoder;
        this.kernels = decoder.kernels();
        this.keeping = keeping;
        this.continuations = continuations;
        this.adapted = adapted;
    }

    /** Rows that prompts take, common beginnings of neighbours once. */
    static int rows(List<int[]> prompts) {
        return PrefixGroup.of(prompts, ROWS_AT_ONCE).stream()
                .mapToInt(PrefixGroup::rows)
                .sum();
    }

    /** Runs all prompts through; returns the last row of each, once a continuation: [rows, W]. */
    Matrix run(List<int[]> prompts) {
        Matrix result = decoder.decodingMemory().hidden().of(continuationsBefore(continuations.length));
        List<PrefixGroup> groups = PrefixGroup.of(prompts, ROWS_AT_ONCE);
        int prompt = 0;
        int from = 0;
        while (from < groups.size()) {
            int to = from;
            int rows = 0;
            do {
                rows += groups.get(to++).rows();
            } while (to < groups.size() && rows + groups.get(to).rows() <= ROWS_AT_ONCE);
            prompt = run(groups.subList(from, to), prompt, result);
            from = to;
        }
        return result;
    }

    /** Reads some groups, the first prompt of which has number {@code first}; returns the number after their last. */
    private int run(List<PrefixGroup> groups, int first, Matrix result) {
        PackedBatch batch =
                new PackedBatch(groups.stream().map(PrefixGroup::source).toList(), decoder.config());
        List<int[]> tokenRows = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            tokenRows.addAll(groups.get(g).tokenRows(batch.groups().get(g).row()));
        }
        try (Attention attention = keeping.within(batch, first, tokenRows);
                Pass pass = decoder.pass(batch, attention, adapted)) {
            gatherLast(decoder.forward(pass), tokenRows, first, result);
        }
        return first + tokenRows.size();
    }

    /** Copies the row of each prompt's last token, once for each of its continuations. */
    private void gatherLast(Matrix output, List<int[]> tokenRows, int first, Matrix result) {
        int[] last = IntStream.range(0, tokenRows.size())
                .flatMap(b -> {
                    int[] rows = tokenRows.get(b);
                    return IntStream.generate(() -> rows[rows.length - 1]).limit(continuations[first + b]);
                })
                .toArray();
        if (last.length > 0) {
            try (Index index = kernels.index(last)) {
                kernels.gatherRows(output, index, result.rows(continuationsBefore(first), last.length));
            }
        }
    }

    private int continuationsBefore(int prompt) {
        return IntStream.range(0, prompt).map(b -> continuations[b]).sum();
    }
}
