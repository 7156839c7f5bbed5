package dev.wst.examples.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What may happen to a file while nobody writes it. */
enum Damage {
    FLIPPED_BYTE {
        @Override
        void to(Path file, SplittableRandom random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            Files.write(file, bytes);
        }
    },
    CUT {
        @Override
        void to(Path file, SplittableRandom random) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        }
    },
    DELETED {
        @Override
        void to(Path file, SplittableRandom random) throws IOException {
            Files.delete(file);
        }
    };

    abstract void to(Path file, SplittableRandom random) throws IOException;
}
