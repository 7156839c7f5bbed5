package dev.wst.engine.tensor.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.io.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where the native library is unpacked to, beside other users of the same directory for temporary files. */
class OneDnnLibraryTest {
    private static final String CODE = "machine code";

    @TempDir
    private Path directory;

    private Path unpack() throws IOException {
        return OneDnnLibrary.unpack(directory, "library.so", bytes(CODE), Map.of("companion.so", bytes("more")));
    }

    private static PackedFile bytes(String text) throws IOException {
        return PackedFile.of(ByteSource.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void isRight(Path library) {
        assertThat(library).hasContent(CODE);
        assertThat(library.resolveSibling("companion.so")).hasContent("more");
    }

    @Test
    void a_library_is_unpacked_once() throws IOException {
        Path library = unpack();
        isRight(library);
        FileTime past = FileTime.fromMillis(1_000_000_000);
        Files.setLastModifiedTime(library, past);
        assertThat(unpack()).isEqualTo(library);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(past);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void only_the_user_can_reach_it() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpack().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void other_code_of_the_same_length_is_replaced() throws IOException {
        Path library = unpack();
        Files.writeString(library, "planted code");
        assertThat(unpack()).isEqualTo(library);
        isRight(library);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_directory_that_others_may_write_is_not_used() throws IOException {
        Path first = unpack();
        Files.setPosixFilePermissions(first.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Path second = unpack();
        assertThat(second.getParent()).isNotEqualTo(first.getParent());
        isRight(second);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_link_in_the_place_of_the_directory_is_not_followed() throws IOException {
        Path first = unpack();
        Path elsewhere = Files.move(first.getParent(), directory.resolve("elsewhere"));
        Files.createSymbolicLink(first.getParent(), elsewhere);
        Path second = unpack();
        assertThat(second.getParent()).isNotEqualTo(first.getParent());
        isRight(second);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_directory_of_somebody_else_is_not_used() throws IOException {
        Path first = unpack();
        assumeTrue(
                System.getProperty("user.name").equals("root"), "skipped: only root can give a directory to another");
        Files.setOwner(
                first.getParent(),
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("12345"));
        Path second = unpack();
        assertThat(second.getParent()).isNotEqualTo(first.getParent());
        isRight(second);
    }

    @Test
    void a_user_without_a_name_is_no_obstacle() throws IOException {
        String name = System.getProperty("user.name");
        Path library = unpack();
        System.setProperty("user.name", "?");
        try {
            assertThat(unpack()).isEqualTo(library);
        } finally {
            System.setProperty("user.name", name);
        }
    }
}
