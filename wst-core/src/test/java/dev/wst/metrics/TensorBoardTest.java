package dev.wst.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.EnvironmentException;
import dev.wst.Instruction;
import dev.wst.Reward;
import dev.wst.Rollout;
import dev.wst.StepMetrics;
import dev.wst.Task;
import dev.wst.Validation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {
    private static final Attempt ATTEMPT = Attempt.of(Task.of("t", "q"), Instruction.none(), Answer.of("a"));
    private static final Validation VALIDATION = new Validation(
            2, List.of(new Rollout(ATTEMPT, Reward.of(1)), new Rollout(ATTEMPT, Reward.unscored("no judge"))));

    @TempDir
    Path directory;

    private Instant now = Instant.ofEpochSecond(1_700_000_000, 500_000_000);

    private TensorBoard listener() {
        return TensorBoard.in(directory.resolve("logs"), () -> now);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve("logs"))) {
            return all.sorted().toList();
        }
    }

    /** The events of a file as text, their checksums checked. */
    private static List<String> events(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<String> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = taken(bytes, 8);
            assertThat(bytes.getInt()).isEqualTo(TensorBoardEvent.checksum(length));
            byte[] event = taken(bytes, (int)
                    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
            assertThat(bytes.getInt()).isEqualTo(TensorBoardEvent.checksum(event));
            events.add(fields(event, ""));
        }
        return events;
    }

    private static byte[] taken(ByteBuffer bytes, int count) {
        byte[] taken = new byte[count];
        bytes.get(taken);
        return taken;
    }

    /** The fields of a message, such as "1=0.5 2=7"; of those in summaries and session logs too. */
    private static String fields(byte[] message, String path) {
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        List<String> fields = new ArrayList<>();
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            String name = path + (tag >>> 3);
            fields.add(name + "="
                    + switch ((int) tag & 7) {
                        case 0 -> varint(bytes);
                        case 1 -> bytes.getDouble();
                        case 5 -> bytes.getFloat();
                        default -> {
                            byte[] value = taken(bytes, (int) varint(bytes));
                            yield List.of("5", "5.1", "7").contains(name)
                                    ? "{" + fields(value, name + ".") + "}"
                                    : new String(value, StandardCharsets.UTF_8);
                        }
                    });
        }
        return String.join(" ", fields);
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Test
    void checksums_are_those_of_tensorboard() {
        // From tensorboard 2.21's masked_crc32c.
        assertThat(TensorBoardEvent.checksum(new byte[] {24, 0, 0, 0, 0, 0, 0, 0}))
                .isEqualTo(0x224b7fa3);
        assertThat(TensorBoardEvent.checksum("123456789".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(0xc78ab0e5);
    }

    @Test
    void metrics_and_validations_are_scalars_by_step() throws IOException {
        TensorBoard listener = listener();
        listener.onStart(300);
        now = now.plusSeconds(1);
        listener.onStep(new StepMetrics(300, Map.of("reward", 0.25)), List.of());
        assertThat(events(files().get(0))).as("written before the next event").hasSize(2);
        listener.onValidation(VALIDATION);
        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("events.out.tfevents.1700000000.wst.0000");
        assertThat(events(files().get(0)))
                .containsExactly(
                        "1=1.7000000005E9 2=0 3=brain.Event:2",
                        "1=1.7000000015E9 2=300 5={5.1={5.1.1=reward 5.1.2=0.25}}",
                        "1=1.7000000015E9 2=2 5={5.1={5.1.1=eval/reward 5.1.2=1.0} 5.1={5.1.1=eval/unscored"
                                + " 5.1.2=1.0}}");
    }

    @Test
    void a_run_that_goes_on_begins_a_file_which_takes_back_the_steps_that_come_again() throws IOException {
        listener().onStart(10);
        TensorBoard resumed = listener();
        resumed.onResume(List.of(new StepMetrics(4, Map.of())), List.of());
        resumed.onStart(10);
        TensorBoard again = listener();
        again.onResume(List.of(), List.of());
        again.onStart(10);
        assertThat(files()).hasSize(3);
        assertThat(events(files().get(0))).hasSize(1);
        assertThat(events(files().get(1))).last().isEqualTo("1=1.7000000005E9 2=5 7={7.1=1}");
        assertThat(events(files().get(2))).last().isEqualTo("1=1.7000000005E9 2=0 7={7.1=1}");
    }

    @Test
    void a_directory_that_cannot_be_written_is_said_at_the_start() throws IOException {
        Path file = Files.createFile(directory.resolve("logs"));
        TensorBoard listener = listener();
        assertThatThrownBy(() -> listener.onStart(10))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage("TensorBoard's files cannot be written to " + file
                        + ": java.nio.file.FileAlreadyExistsException: " + file);
    }
}
