package dev.wst;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Maps of the JDK may have another order in each process; what is written of a run may not. */
class OrderTest {
    private static <T> Map<String, T> backwards(T one, T other) {
        Map<String, T> map = new LinkedHashMap<>();
        map.put("b", one);
        map.put("a", other);
        return map;
    }

    @Test
    void parts_of_a_reward_stand_by_their_names() {
        Reward reward = Reward.of(1, backwards(1.0, 2.0));
        assertThat(reward.parts()).containsExactly(Map.entry("a", 2.0), Map.entry("b", 1.0));
        assertThat(Reward.mean(List.of(reward, reward)).parts().keySet()).containsExactly("a", "b");
    }

    @Test
    void attributes_of_a_task_stand_by_their_names() {
        assertThat(new Task("t", "q", Optional.empty(), backwards("x", "y")).attributes())
                .containsExactly(Map.entry("a", "y"), Map.entry("b", "x"));
    }
}
