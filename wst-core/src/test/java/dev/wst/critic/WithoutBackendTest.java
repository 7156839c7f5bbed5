package dev.wst.critic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.engine.OtherJvm;
import org.junit.jupiter.api.Test;

/** With ND4J's interfaces on the class path, and nothing that implements them. */
class WithoutBackendTest {
    static final class Making {
        public static void main(String[] arguments) {
            DeepCritic.of(3, 1).close();
        }
    }

    @Test
    void a_critic_says_what_to_add() throws Exception {
        assertThat(new OtherJvm(Making.class).without("nd4j-native-1").run().text())
                .contains("BackendException: no ND4J backend could be loaded")
                .contains("add org.nd4j:nd4j-native:1.0.0-M2.1");
    }
}
