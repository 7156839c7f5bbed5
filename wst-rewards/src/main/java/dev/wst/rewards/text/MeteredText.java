package dev.wst.rewards.text;

/**
 * A text that may be read only so often. Java's regular expressions backtrack, some of them for longer than the universe will
 * last; every step that looks at a character passes here, so counting them bounds the search without a second thread.
 */
final class MeteredText implements CharSequence {
    private final String text;
    private final Meter meter;

    /** Characters that may still be read. */
    private static final class Meter {
        private long left;

        private Meter(long left) {
            this.left = left;
        }

        private void spend() {
            if (left-- <= 0) {
                throw new SpentException();
            }
        }
    }

    /** The text was read as often as it may be. */
    static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private SpentException() {
            super("the text was read too often", null, false, false);
        }
    }

    private MeteredText(String text, Meter meter) {
        this.text = text;
        this.meter = meter;
    }

    static MeteredText of(String text, long reads) {
        return new MeteredText(text, new Meter(reads));
    }

    @Override
    public char charAt(int index) {
        meter.spend();
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new MeteredText(text.substring(start, end), meter);
    }

    @Override
    public String toString() {
        return text;
    }
}
