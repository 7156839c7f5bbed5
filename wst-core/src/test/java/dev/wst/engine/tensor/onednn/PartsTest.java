package dev.wst.engine.tensor.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PartsTest {

    @Test
    void parts_cover_all_rows_in_order_and_have_few_sizes() {
        Set<Integer> sizes = new TreeSet<>();
        for (int rows = 1; rows <= 1_000; rows++) {
            int[] covered = {0};
            Parts.forEach(rows, (from, count) -> {
                assertThat(from).isEqualTo(covered[0]);
                covered[0] += count;
                sizes.add(count);
            });
            assertThat(covered[0]).isEqualTo(rows);
        }
        assertThat(sizes).containsExactly(1, 2, 3, 4, 8, 12, 16, 32, 48, 64, 128, 192, 256, 512, 768);
    }

    @Test
    void a_large_number_of_rows_stays_in_one_part() {
        assertThat(parts(47, 100)).containsExactly(32, 12, 3);
        assertThat(parts(47, 10_000)).containsExactly(47);
    }

    private static List<Integer> parts(int rows, int columns) {
        List<Integer> counts = new ArrayList<>();
        Parts.forEach(rows, columns, (from, count) -> counts.add(count));
        return counts;
    }
}
