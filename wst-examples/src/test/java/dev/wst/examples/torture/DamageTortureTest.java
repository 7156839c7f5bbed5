package dev.wst.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DamageTortureTest {
    @Test
    void a_run_with_a_damaged_file_ends_as_without_or_is_refused_by_name() {
        int code = new CommandLine(new DamageTorture())
                .execute("--files", "cs.jsonl", "--flips", "1", "--without-disks", "--algorithm", "grpo");
        assertThat(code).isZero();
    }
}
