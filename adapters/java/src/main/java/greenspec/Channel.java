package greenspec;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The way out to the harness: whole lines, each in one write of the operating system's own, which no green thread is switched at. */
final class Channel {
    private final FileOutputStream output = new FileOutputStream(FileDescriptor.out);

    /** Java cannot point a descriptor elsewhere: what is printed is, to standard error, from here on. */
    Channel() {
        System.setOut(System.err);
    }

    /** Sends an answer; null for the id of what could not be made out. */
    void answer(Long id, String kind, Object content) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", id);
        message.put(kind, content);
        write((Json.write(message) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] line) {
        try {
            output.write(line);
        } catch (IOException closed) {
            // The harness has gone, and with it whoever would read this; the input ends, too.
        }
    }
}
