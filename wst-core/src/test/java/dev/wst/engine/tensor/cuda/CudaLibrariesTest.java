package dev.wst.engine.tensor.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.engine.tensor.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the machine's CUDA libraries are taken. */
class CudaLibrariesTest {
    @TempDir
    private Path directory;

    private Path libraries(int... versions) throws IOException {
        for (int version : versions) {
            for (String name : List.of("libnvrtc", "libcublasLt", "libcublas")) {
                Files.createFile(directory.resolve(name + ".so." + version));
            }
        }
        return directory;
    }

    @ParameterizedTest
    @CsvSource({"12, 12", "13, 13", "14, 13"})
    void the_newest_that_the_driver_serves_are_taken(int driver, int expected) throws IOException {
        CudaLibraries found = CudaLibraries.find(driver, List.of(libraries(12, 13)));
        assertThat(found.major()).isEqualTo(expected);
        assertThat(found.compiler()).isEqualTo(directory.resolve("libnvrtc.so." + expected));
        assertThat(found.products()).isEqualTo(directory.resolve("libcublas.so." + expected));
        assertThat(found.productsLight()).isEqualTo(directory.resolve("libcublasLt.so." + expected));
    }

    @Test
    void a_newer_driver_takes_older_libraries() throws IOException {
        assertThat(CudaLibraries.find(13, List.of(libraries(12))).major()).isEqualTo(12);
    }

    @Test
    void an_older_driver_refuses_newer_libraries() throws IOException {
        List<Path> where = List.of(libraries(13));
        assertThatThrownBy(() -> CudaLibraries.find(12, where))
                .isInstanceOf(BackendException.class)
                .hasMessage("the driver serves CUDA 12 and older, but the libraries in " + directory
                        + " are of CUDA 13; update the driver, or add libraries of CUDA 12");
    }

    @Test
    void a_driver_older_than_every_library_is_to_be_updated() throws IOException {
        List<Path> where = List.of(libraries(12, 13));
        assertThatThrownBy(() -> CudaLibraries.find(11, where))
                .isInstanceOf(BackendException.class)
                .hasMessage(
                        "the driver serves CUDA 11 and older, but the kernels need CUDA 12 or 13; update the driver");
    }

    @ParameterizedTest
    @CsvSource({"libnvrtc", "libcublasLt", "libcublas", "all"})
    void libraries_that_are_not_there_are_asked_for(String missing) throws IOException {
        if (!missing.equals("all")) {
            libraries(13);
            Files.delete(directory.resolve(missing + ".so.13"));
        }
        assertThatThrownBy(() -> CudaLibraries.find(13, List.of(directory, Path.of("elsewhere"))))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("no libnvrtc and libcublas of CUDA 12 or 13 in [" + directory + ", elsewhere]")
                .hasMessageContainingAll(
                        "install the CUDA toolkit",
                        "-Dwst.cuda.libraries=DIR",
                        "pip's packages nvidia-cuda-nvrtc and nvidia-cublas");
    }

    @Test
    void libraries_may_lie_in_several_directories() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        libraries(12);
        Files.move(directory.resolve("libcublas.so.12"), other.resolve("libcublas.so.12"));
        assertThat(CudaLibraries.find(12, List.of(directory, other)).products())
                .isEqualTo(other.resolve("libcublas.so.12"));
    }

    @Test
    void libraries_that_do_not_load_are_named() throws IOException {
        Path damaged = Files.writeString(directory.resolve("libnvrtc.so.13"), "no library");
        assertThatThrownBy(() -> Nvrtc.load(damaged))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("CUDA's compiler does not load from " + damaged);
        assertThatThrownBy(() -> Cublas.load(damaged, damaged))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("CUDA's matrix products do not load from " + damaged);
    }
}
