package dev.wst.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short one of what {@code torture threads} does for a minute. */
@Timeout(300)
class ThreadsTortureTest {
    @ParameterizedTest
    @ValueSource(strings = {"onednn", "host"})
    void threads_that_share_and_close_models_get_the_texts_of_a_single_one(String kernels) {
        assertThat(Main.commandLine().execute("torture", "threads", "--seconds", "3", "--kernels", kernels))
                .isZero();
    }

    @Test
    void a_process_that_does_not_end_well_fails_the_command() {
        assertThat(Main.commandLine().execute("torture", "threads", "--seconds", "1", "--kernels", "unknown"))
                .isEqualTo(1);
    }
}
