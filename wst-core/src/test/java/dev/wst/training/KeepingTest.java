package dev.wst.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.EnvironmentException;
import dev.wst.TeacherPolicy;
import dev.wst.WstException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepingTest {
    private static final String TEMPORARY = "java.io.tmpdir";

    @TempDir
    Path temporary;

    private final String before = System.getProperty(TEMPORARY);
    private final List<Path> tried = new ArrayList<>();
    private final Path run = Path.of("run");

    @BeforeEach
    void elsewhere() {
        System.setProperty(TEMPORARY, temporary.toString());
    }

    @AfterEach
    void back() {
        System.setProperty(TEMPORARY, before);
    }

    /** Notes where it was to be saved, and fails the first times. */
    private TeacherPolicy failing(RuntimeException... failures) {
        return new Fixtures.Forwarding(new Fixtures.TableTeacher()) {
            @Override
            public void save(Path directory) {
                tried.add(directory);
                if (tried.size() <= failures.length) {
                    throw failures[tried.size() - 1];
                }
            }
        };
    }

    @Test
    void what_can_be_saved_in_the_run_directory_is_saved_there_alone() {
        new Keeping(failing(), false).save(run);
        assertThat(tried).containsExactly(run.resolve("adapter"));
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void what_cannot_is_saved_in_the_temporary_directory_and_the_failure_says_where() {
        WstException full = new WstException("the disk is full");
        assertThatThrownBy(() -> new Keeping(failing(full), false).save(run))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage("the adapter could not be saved in " + run.resolve("adapter")
                        + " (the disk is full); it was saved in " + tried.get(1) + " instead: copy it from there")
                .hasCause(full);
        assertThat(tried.get(1)).hasFileName("adapter").startsWithRaw(temporary);
        assertThat(tried.get(1).toString()).contains("wst-adapter-");
        assertThat(temporary).isNotEmptyDirectory();
    }

    @Test
    void what_cannot_be_saved_anywhere_is_said_to_be_lost_with_both_reasons() {
        IllegalStateException first = new IllegalStateException("no such device");
        WstException second = new WstException("read-only");
        assertThatThrownBy(() -> new Keeping(failing(first, second), false).save(run))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("(java.lang.IllegalStateException: no such device), nor under " + temporary
                        + " (read-only): what was learned is lost when this process ends")
                .hasCause(first);
    }
}
