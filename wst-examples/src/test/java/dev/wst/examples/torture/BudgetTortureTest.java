package dev.wst.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BudgetTortureTest {
    @Test
    void a_cap_is_never_passed() {
        int code = new CommandLine(new BudgetTorture()).execute("--questions", "200", "--calls", "32");
        assertThat(code).isZero();
    }
}
