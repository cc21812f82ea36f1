package greenspec;

import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** The run's log, opened by its first line: java.util.logging's logger on a file. */
final class ProgramLog {
    private final String path;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile Logger logger;
    private Lines lines;

    ProgramLog(String path) {
        this.path = path;
    }

    void print(String line) throws IOException {
        opened().log(Level.INFO, line);
    }

    private Logger opened() throws IOException {
        if (logger == null) {
            opening.lock();
            try {
                if (logger == null) {
                    logger = open();
                }
            } finally {
                opening.unlock();
            }
        }
        return logger;
    }

    private Logger open() throws IOException {
        lines = new Lines(new FileOutputStream(path, true));
        Logger opened = Logger.getAnonymousLogger();
        opened.setUseParentHandlers(false);
        opened.addHandler(lines);
        return opened;
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
