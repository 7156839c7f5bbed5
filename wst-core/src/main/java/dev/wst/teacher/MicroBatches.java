package dev.wst.teacher;

import dev.wst.engine.nn.PackedBatch;
import dev.wst.engine.weights.DecoderConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs instructions with equal prompts together, and cuts a batch into parts whose activations fit a budget of memory.
 * The order of the instructions within and between the parts is fixed by the batch alone.
 */
final class MicroBatches {
    /** Bytes that the activations of one part may take. */
    private static final long BUDGET = 768L << 20;

    private final DecoderConfig config;
    private final int maxRows;

    /** A part: the packed batch and, for each of its continuations, the number in the whole batch. */
    record Part(PackedBatch packed, int[] indices) {}

    /** A prompt and the tokens written after it. */
    record Item(int[] prompt, int[] written) {}

    MicroBatches(DecoderConfig config) {
        this.config = config;
        this.maxRows = (int) Math.max(64, BUDGET / bytesPerRow(config));
    }

    /** What one token keeps for the backward pass: of each layer x, h, projections, context, gate and up. */
    private static long bytesPerRow(DecoderConfig c) {
        long projections = (long) (c.heads() + 2 * c.keyValueHeads()) * c.headWidth();
        long layer = 2L * c.width() + projections + (long) c.heads() * c.headWidth() + 2L * c.ffnWidth();
        return c.layers() * layer * Float.BYTES;
    }

    List<Part> of(List<Item> items) {
        List<List<Integer>> equal =
                PackedBatch.equalPrompts(items.stream().map(Item::prompt).toList());
        List<Part> parts = new ArrayList<>();
        List<List<Integer>> open = new ArrayList<>();
        int rows = 0;
        for (List<Integer> group : equal) {
            int prompt = items.get(group.get(0)).prompt.length;
            List<Integer> here = new ArrayList<>();
            rows += prompt;
            for (int i : group) {
                int more = items.get(i).written.length - 1;
                if (rows + more > maxRows && (!here.isEmpty() || !open.isEmpty())) {
                    if (!here.isEmpty()) {
                        open.add(here);
                    }
                    parts.add(part(items, open));
                    open = new ArrayList<>();
                    here = new ArrayList<>();
                    rows = prompt;
                }
                here.add(i);
                rows += more;
            }
            open.add(here);
        }
        if (!open.isEmpty()) {
            parts.add(part(items, open));
        }
        return parts;
    }

    private Part part(List<Item> items, List<List<Integer>> groups) {
        List<PackedBatch.Source> sources = groups.stream()
                .map(group -> new PackedBatch.Source(
                        items.get(group.get(0)).prompt,
                        group.stream().map(i -> items.get(i).written).toList()))
                .toList();
        int[] indices = groups.stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .toArray();
        return new Part(new PackedBatch(sources, config), indices);
    }
}
