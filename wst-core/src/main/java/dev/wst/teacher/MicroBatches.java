package dev.wst.teacher;

import dev.wst.engine.model.ActivationMemoryException;
import dev.wst.engine.nn.ActivationSizes;
import dev.wst.engine.nn.BatchShape;
import dev.wst.engine.nn.Kept;
import dev.wst.engine.nn.PackedBatch;
import dev.wst.engine.weights.DecoderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Packs instructions with equal prompts together, cuts a batch into parts whose activations fit a bound, and says whether they
 * are kept or computed again. All of it is a function of the model's shape, the batch and the bound; so is the order of the
 * instructions within and between the parts.
 *
 * <p>A smaller part computes prompts again that its neighbours computed too, and keeping less computes most of each layer
 * again; of the two the cheaper is chosen, and keeping everything where they cost the same.
 */
final class MicroBatches {
    /**
     * Bytes that activations may take unless the user says otherwise: parts that keep some cores busy. An instruction that
     * does not fit then gets what it needs.
     */
    static final long MOST_BYTES = 512L << 20;
    /** On a card, which works best on large parts, this share of its memory: the same on every card of a kind. */
    static final long SHARE_OF_A_CARD = 8;

    /**
     * What following a loss through a row costs, in forward passes: forward and backward, and where only inputs are kept a
     * layer's forward pass once more without its last product.
     */
    private static final double KEEPING = 2;

    private static final double AGAIN = 2.75;

    private final DecoderConfig config;
    private final ActivationSizes sizes;
    private final long mostBytes;
    private final boolean strict;

    /** A part: the packed batch and, for each of its continuations, the number in the whole batch. */
    record Part(PackedBatch packed, int[] indices) {}

    /** A prompt and the tokens written after it. */
    record Item(int[] prompt, int[] written) {}

    /** How a batch is worked through. */
    record Plan(List<Part> parts, Kept kept) {}

    /** Numbers of instructions by part and prompt, and the rows that they take. */
    private record Cut(List<List<List<Integer>>> parts, long rows) {}

    /**
     * Prepares.
     *
     * @param asked the bound in bytes, if the user gave one
     * @param usual the bound otherwise
     */
    MicroBatches(DecoderConfig config, ActivationSizes sizes, OptionalLong asked, long usual) {
        this.config = config;
        this.sizes = sizes;
        this.mostBytes = asked.orElse(usual);
        this.strict = asked.isPresent();
    }

    /**
     * Plans.
     *
     * @throws ActivationMemoryException if one of the instructions does not fit the user's bound on its own
     */
    Plan of(List<Item> items) {
        List<List<Integer>> equal =
                PackedBatch.equalPrompts(items.stream().map(Item::prompt).toList());
        Optional<Cut> keeping = cut(items, equal, Kept.EVERYTHING);
        if (keeping.isPresent() && keeping.get().parts.size() == 1) {
            return plan(items, keeping.get(), Kept.EVERYTHING);
        }
        Cut again = cut(items, equal, Kept.INPUTS).orElseThrow(() -> tooLarge(items));
        return keeping.filter(cut -> cut.rows * KEEPING <= again.rows * AGAIN)
                .map(cut -> plan(items, cut, Kept.EVERYTHING))
                .orElseGet(() -> plan(items, again, Kept.INPUTS));
    }

    /**
     * Checks that an instruction can be learned from on its own.
     *
     * @param what names it in the message
     * @throws ActivationMemoryException if it cannot
     */
    void check(int promptTokens, int writtenTokens, String what) {
        long least = least(promptTokens, writtenTokens);
        if (strict && least > mostBytes) {
            throw new ActivationMemoryException(String.format(
                    Locale.ROOT,
                    "%s: a prompt of %,d tokens and %,d written take at least %,d bytes while the teacher learns from them,"
                            + " and its activations may take %,d; raise activationMemory, shorten the prompt or let fewer"
                            + " tokens be written",
                    what,
                    promptTokens,
                    writtenTokens,
                    least,
                    mostBytes));
        }
    }

    private long least(int promptTokens, int writtenTokens) {
        return sizes.bytes(
                BatchShape.EMPTY.plus(BatchShape.Group.of(promptTokens).with(writtenTokens - 1)), Kept.INPUTS);
    }

    private ActivationMemoryException tooLarge(List<Item> items) {
        for (int i = 0; i < items.size(); i++) {
            try {
                check(items.get(i).prompt.length, items.get(i).written.length, "instruction " + i + " of a batch");
            } catch (ActivationMemoryException e) {
                return e;
            }
        }
        throw new IllegalStateException("every instruction fits " + mostBytes + " bytes, but no cut was found");
    }

    /**
     * Fills one part after the other, not dividing a prompt's instructions if they fit one; empty if an instruction does not fit a
     * part of its own and has to.
     */
    private Optional<Cut> cut(List<Item> items, List<List<Integer>> equal, Kept kept) {
        List<List<List<Integer>>> parts = new ArrayList<>();
        List<List<Integer>> open = new ArrayList<>();
        BatchShape before = BatchShape.EMPTY;
        long rows = 0;
        for (List<Integer> group : equal) {
            BatchShape.Group prompt = BatchShape.Group.of(items.get(group.get(0)).prompt.length);
            BatchShape.Group here = prompt;
            List<Integer> members = new ArrayList<>();
            BatchShape.Group whole = whole(items, group);
            if (!open.isEmpty() && !fits(before.plus(whole), kept) && fits(BatchShape.EMPTY.plus(whole), kept)) {
                parts.add(open);
                rows += before.rows();
                open = new ArrayList<>();
                before = BatchShape.EMPTY;
            }
            for (int i : group) {
                BatchShape.Group more = here.with(items.get(i).written.length - 1);
                if (!fits(before.plus(more), kept)) {
                    if (!members.isEmpty()) {
                        open.add(members);
                        before = before.plus(here);
                    }
                    if (!open.isEmpty()) {
                        parts.add(open);
                        rows += before.rows();
                    }
                    open = new ArrayList<>();
                    members = new ArrayList<>();
                    before = BatchShape.EMPTY;
                    more = prompt.with(items.get(i).written.length - 1);
                    if (!fits(before.plus(more), kept) && (strict || kept == Kept.EVERYTHING)) {
                        return Optional.empty();
                    }
                }
                members.add(i);
                here = more;
            }
            open.add(members);
            before = before.plus(here);
        }
        if (!open.isEmpty()) {
            parts.add(open);
            rows += before.rows();
        }
        return Optional.of(new Cut(parts, rows));
    }

    private static BatchShape.Group whole(List<Item> items, List<Integer> group) {
        BatchShape.Group whole = BatchShape.Group.of(items.get(group.get(0)).prompt.length);
        for (int i : group) {
            whole = whole.with(items.get(i).written.length - 1);
        }
        return whole;
    }

    private boolean fits(BatchShape shape, Kept kept) {
        return sizes.bytes(shape, kept) <= mostBytes;
    }

    private Plan plan(List<Item> items, Cut cut, Kept kept) {
        return new Plan(cut.parts.stream().map(groups -> part(items, groups)).toList(), kept);
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
