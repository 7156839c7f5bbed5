package dev.wst.metrics;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event in protocol buffers' encoding (event.proto, summary.proto), and a record of an event file around it
 * (TFRecord: length, its checksum, the event, its checksum).
 */
final class TensorBoardEvent {
    private static final String VERSION = "brain.Event:2";
    private static final int START = 1;
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int MASK_ROTATION = 15;

    // Numbers of the fields.
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int SESSION_STATUS = 1;

    private TensorBoardEvent() {}

    /** The first event of a file. */
    static byte[] version(Instant time) {
        return at(time, 0).text(FILE_VERSION, VERSION).bytes();
    }

    /** A process begins: what earlier files say of this step and later ones counts no more. */
    static byte[] start(Instant time, int step) {
        return at(time, step)
                .message(SESSION_LOG, new ProtoMessage().number(SESSION_STATUS, START))
                .bytes();
    }

    static byte[] scalars(Instant time, int step, Map<String, Double> values) {
        ProtoMessage summary = new ProtoMessage();
        values.forEach((name, value) -> summary.message(
                SUMMARY_VALUE, new ProtoMessage().text(VALUE_TAG, name).fixed32(VALUE_SIMPLE, value.floatValue())));
        return at(time, step).message(SUMMARY, summary).bytes();
    }

    private static ProtoMessage at(Instant time, int step) {
        double seconds = time.getEpochSecond() + time.getNano() / 1e9;
        return new ProtoMessage().fixed64(WALL_TIME, seconds).number(STEP, step);
    }

    static byte[] record(byte[] event) {
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(event.length)
                .array();
        return ByteBuffer.allocate(length.length + event.length + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(checksum(length))
                .put(event)
                .putInt(checksum(event))
                .array();
    }

    /** Masked, so that a checksum of data which holds checksums stays a good one. */
    static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), MASK_ROTATION) + MASK_DELTA;
    }
}
