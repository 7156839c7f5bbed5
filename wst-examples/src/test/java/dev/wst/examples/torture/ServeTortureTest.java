package dev.wst.examples.torture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServeTortureTest {
    @Test
    void each_caller_gets_its_own_while_the_teacher_is_replaced() {
        int code =
                new CommandLine(new ServeTorture()).execute("--seconds", "3", "--callers", "8", "--swap-millis", "300");
        assertThat(code).isZero();
    }
}
