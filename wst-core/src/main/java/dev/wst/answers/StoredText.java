package dev.wst.answers;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A text as bytes, with a checksum over it and what it is kept under.
 *
 * @param bytes a letter for the encoding, then the text in it; empty where a damaged file has none
 */
record StoredText(byte[] bytes, long checksum) {
    private static final byte UTF_8 = 'u';
    /** For texts with half a surrogate pair, which UTF-8 cannot say. */
    private static final byte CHARS = 'c';

    static StoredText of(byte[] key, String text) {
        byte[] bytes = encoded(text);
        return new StoredText(bytes, checksum(key, bytes));
    }

    /** Whether it is what was kept under this key. */
    boolean isIntact(byte[] key) {
        return checksum == checksum(key, bytes);
    }

    /** The text; it must be intact. */
    String text() {
        ByteBuffer content = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice();
        return bytes[0] == UTF_8
                ? StandardCharsets.UTF_8.decode(content).toString()
                : content.asCharBuffer().toString();
    }

    private static long checksum(byte[] key, byte[] bytes) {
        return Hashing.sha256()
                .newHasher()
                .putInt(key.length)
                .putBytes(key)
                .putBytes(bytes)
                .hash()
                .asLong();
    }

    private static byte[] encoded(String text) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return ByteBuffer.allocate(1 + utf8.remaining())
                    .put(UTF_8)
                    .put(utf8)
                    .array();
        } catch (CharacterCodingException e) {
            ByteBuffer chars =
                    ByteBuffer.allocate(1 + text.length() * Character.BYTES).put(CHARS);
            chars.asCharBuffer().put(text);
            return chars.array();
        }
    }
}
