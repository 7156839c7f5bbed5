package dev.wst.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.engine.model.ActivationMemoryException;
import dev.wst.engine.nn.ActivationSizes;
import dev.wst.engine.nn.BatchShape;
import dev.wst.engine.nn.Kept;
import dev.wst.engine.weights.DecoderConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a batch is worked through follows from its shape and the bound alone. */
class MicroBatchesTest {
    private static final DecoderConfig CONFIG =
            new DecoderConfig(64, 12, 4, 2, 16, 256, 1000, 1e-5f, new double[8], false, true);
    private static final ActivationSizes SIZES = new ActivationSizes(CONFIG, 48, false);

    private static MicroBatches.Plan plan(long mostBytes, List<MicroBatches.Item> items) {
        return new MicroBatches(CONFIG, SIZES, OptionalLong.of(mostBytes), MicroBatches.MOST_BYTES).of(items);
    }

    /** Prompts of so many tokens, each with some continuations of so many. */
    private static List<MicroBatches.Item> items(int prompts, int promptTokens, int continuations, int written) {
        List<MicroBatches.Item> items = new ArrayList<>();
        for (int p = 0; p < prompts; p++) {
            int[] prompt = new int[promptTokens];
            Arrays.fill(prompt, p);
            for (int c = 0; c < continuations; c++) {
                items.add(new MicroBatches.Item(prompt, new int[written]));
            }
        }
        return items;
    }

    private static long bytes(int promptTokens, int continuations, int written, Kept kept) {
        BatchShape.Group group = BatchShape.Group.of(promptTokens);
        for (int c = 0; c < continuations; c++) {
            group = group.with(written - 1);
        }
        return SIZES.bytes(BatchShape.EMPTY.plus(group), kept);
    }

    private static int[] sequences(MicroBatches.Plan plan) {
        return plan.parts().stream().mapToInt(part -> part.packed().sequences()).toArray();
    }

    @Test
    void what_fits_is_kept_in_one_part_to_the_last_byte() {
        List<MicroBatches.Item> items = items(1, 100, 4, 21);
        long exactly = bytes(100, 4, 21, Kept.EVERYTHING);
        MicroBatches.Plan fitting = plan(exactly, items);
        assertThat(fitting.kept()).isEqualTo(Kept.EVERYTHING);
        assertThat(sequences(fitting)).containsExactly(4);
        MicroBatches.Plan byteLess = plan(exactly - 1, items);
        assertThat(sequences(byteLess).length > 1 || byteLess.kept() == Kept.INPUTS)
                .isTrue();
    }

    @Test
    void short_prompts_are_cut_into_parts_that_keep_everything() {
        MicroBatches.Plan plan = plan(bytes(4, 8, 21, Kept.EVERYTHING), items(5, 4, 8, 21));
        assertThat(plan.kept()).isEqualTo(Kept.EVERYTHING);
        assertThat(sequences(plan)).containsExactly(8, 8, 8, 8, 8);
        assertThat(plan.parts().stream().flatMapToInt(part -> Arrays.stream(part.indices())))
                .containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
    }

    @Test
    void where_parts_would_read_a_long_prompt_too_often_inputs_alone_are_kept() {
        List<MicroBatches.Item> items = items(1, 400, 8, 21);
        MicroBatches.Plan plan = plan(bytes(400, 1, 21, Kept.EVERYTHING), items);
        assertThat(plan.kept()).isEqualTo(Kept.INPUTS);
        assertThat(sequences(plan)).containsExactly(8);
    }

    @Test
    void where_nothing_can_be_kept_but_inputs_they_are_kept_in_parts() {
        long least = bytes(100, 1, 21, Kept.INPUTS);
        assertThat(least).isLessThan(bytes(100, 1, 21, Kept.EVERYTHING));
        MicroBatches.Plan plan = plan(least, items(2, 100, 3, 21));
        assertThat(plan.kept()).isEqualTo(Kept.INPUTS);
        assertThat(sequences(plan)).containsExactly(1, 1, 1, 1, 1, 1);
    }

    @Test
    void what_does_not_fit_even_so_is_told_with_what_it_takes() {
        long least = bytes(100, 1, 21, Kept.INPUTS);
        assertThatThrownBy(() -> plan(least - 1, items(2, 100, 3, 21)))
                .isInstanceOf(ActivationMemoryException.class)
                .hasMessage(String.format(
                        "instruction 0 of a batch: a prompt of 100 tokens and 21 written take at least %,d bytes while the"
                                + " teacher learns from them, and its activations may take %,d; raise activationMemory,"
                                + " shorten the prompt or let fewer tokens be written",
                        least, least - 1));
        new MicroBatches(CONFIG, SIZES, OptionalLong.of(least), MicroBatches.MOST_BYTES).check(100, 21, "task 1");
        assertThatThrownBy(() -> new MicroBatches(CONFIG, SIZES, OptionalLong.of(least), MicroBatches.MOST_BYTES)
                        .check(100, 22, "task 1"))
                .isInstanceOf(ActivationMemoryException.class)
                .hasMessageStartingWith("task 1: a prompt of 100 tokens and 22 written");
    }

    @Test
    void the_instructions_of_a_prompt_stay_together_where_one_part_holds_them() {
        long most = bytes(40, 9, 21, Kept.EVERYTHING);
        MicroBatches.Plan plan = plan(most, items(3, 40, 4, 21));
        assertThat(plan.kept()).isEqualTo(Kept.EVERYTHING);
        assertThat(sequences(plan)).containsExactly(4, 4, 4);
    }

    @Test
    void without_a_bound_a_long_instruction_gets_what_it_needs() {
        MicroBatches unbound = new MicroBatches(CONFIG, SIZES, OptionalLong.empty(), MicroBatches.MOST_BYTES);
        assertThat(bytes(6000, 1, 21, Kept.INPUTS)).isGreaterThan(1L << 29);
        unbound.check(6000, 21, "task 1");
        MicroBatches.Plan plan = unbound.of(items(1, 6000, 2, 21));
        assertThat(plan.kept()).isEqualTo(Kept.INPUTS);
        assertThat(sequences(plan)).containsExactly(1, 1);
    }

    @Test
    void nothing_is_no_part() {
        assertThat(plan(1, List.of()).parts()).isEmpty();
    }

    @Test
    void a_plan_holds_its_bound_and_every_instruction_once() {
        for (long most = bytes(90, 1, 30, Kept.INPUTS); most < 64 << 20; most = most * 3 / 2) {
            List<MicroBatches.Item> items = new ArrayList<>(items(3, 90, 5, 30));
            items.addAll(items(2, 20, 2, 7));
            MicroBatches.Plan plan = plan(most, items);
            for (MicroBatches.Part part : plan.parts()) {
                assertThat(SIZES.bytes(BatchShape.of(part.packed()), plan.kept()))
                        .isLessThanOrEqualTo(most);
            }
            assertThat(plan.parts().stream().flatMapToInt(part -> Arrays.stream(part.indices())))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, items.size()).boxed().toList());
        }
    }
}
