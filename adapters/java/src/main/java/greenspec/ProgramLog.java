package greenspec;

import java.io.FileOutputStream;
import java.io.IOException;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** The run's log, opened by its first line: java.util.logging's logger on a file. */
final class ProgramLog {
    private final String path;
    private final SpinLock lock = new SpinLock();
    private Logger logger;
    private Lines lines;

    ProgramLog(String path) {
        this.path = path;
    }

    void print(String line) throws IOException {
        opened().log(Level.INFO, line);
    }

    private Logger opened() throws IOException {
        try (SpinLock held = lock.lock()) {
            if (logger == null) {
                lines = new Lines(new FileOutputStream(path, true));
                logger = Logger.getAnonymousLogger();
                logger.setUseParentHandlers(false);
                logger.addHandler(lines);
            }
            return logger;
        }
    }

    void close() {
        if (lines != null) {
            lines.close();
        }
    }

    /** Writes each message as a line, at once. */
    private static final class Lines extends StreamHandler {
        Lines(FileOutputStream file) {
            super(file, new Formatter() {
                @Override
                public String format(LogRecord entry) {
                    return entry.getMessage() + "\n";
                }
            });
        }

        @Override
        public void publish(LogRecord entry) {
            super.publish(entry);
            flush();
        }
    }
}
