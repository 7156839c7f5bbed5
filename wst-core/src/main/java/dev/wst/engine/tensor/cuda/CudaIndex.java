package dev.wst.engine.tensor.cuda;

import dev.wst.engine.tensor.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Numbers of rows on the card, and, once rows are to be added to them, which rows go to each. */
final class CudaIndex implements CudaRows {
    private final Device device;
    private final int[] rows;
    private final CudaNumbers numbers;
    private @Nullable Targets targets;

    /**
     * Which rows go to one: rows {@code source[first[i] .. first[i + 1] - 1]} to row {@code target[i]}.
     *
     * @param count of rows that any goes to
     */
    record Targets(int count, CudaNumbers target, CudaNumbers first, CudaNumbers source) {}

    CudaIndex(Device device, int[] rows) {
        this.device = device;
        this.rows = rows;
        this.numbers = CudaNumbers.of(device, rows);
    }

    static CudaIndex of(Index index) {
        if (index instanceof CudaIndex own) {
            return own;
        }
        throw new IllegalArgumentException("this index was prepared by other kernels");
    }

    @Override
    public long address() {
        return numbers.address();
    }

    /** The rows in the order of the index by where they go. */
    Targets targets() {
        if (targets == null) {
            Map<Integer, List<Integer>> byTarget = new TreeMap<>();
            for (int i = 0; i < rows.length; i++) {
                if (rows[i] >= 0) {
                    byTarget.computeIfAbsent(rows[i], target -> new ArrayList<>())
                            .add(i);
                }
            }
            int[] first = new int[byTarget.size() + 1];
            int i = 0;
            for (List<Integer> sources : byTarget.values()) {
                first[i + 1] = first[i] + sources.size();
                i++;
            }
            targets = new Targets(
                    byTarget.size(),
                    CudaNumbers.of(
                            device,
                            byTarget.keySet().stream()
                                    .mapToInt(Integer::intValue)
                                    .toArray()),
                    CudaNumbers.of(device, first),
                    CudaNumbers.of(
                            device,
                            byTarget.values().stream()
                                    .flatMap(List::stream)
                                    .mapToInt(Integer::intValue)
                                    .toArray()));
        }
        return targets;
    }

    @Override
    public int length() {
        return rows.length;
    }

    @Override
    public void close() {
        numbers.close();
        if (targets != null) {
            targets.target.close();
            targets.first.close();
            targets.source.close();
            targets = null;
        }
    }
}
