package greenspec;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Splits what comes in into lines, each ended by LF. */
final class Lines {
    /** The bytes that a message has at most. */
    static final int LIMIT = 1024 * 1024;

    private final InputStream input;

    Lines(InputStream input) {
        this.input = new BufferedInputStream(input, 64 * 1024);
    }

    /**
     * Gives the next line, without its end; null at the end of the input.
     *
     * @throws TooLong after a line over the limit
     */
    byte[] next() throws IOException, TooLong {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                return null; // what was begun and not ended is no message
            }
            if (line.size() == LIMIT) {
                throw new TooLong();
            }
            line.write(next);
        }
        return line.toByteArray();
    }

    /** A line is longer than a message may be. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;
    }
}
