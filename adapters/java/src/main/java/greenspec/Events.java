package greenspec;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The events of one run: each numbered and written under one lock, before its step goes on. */
final class Events {
    /** The bytes that an event has at most, and the room that its number and its time take of them. */
    private static final int LIMIT = 4096;

    private static final int COMPLETION = 60;
    private static final long BEGIN = System.nanoTime();

    private final Channel channel;
    private final String run;
    private final SpinLock lock = new SpinLock();
    private int number;
    private boolean over;

    Events(Channel channel, String run) {
        this.channel = channel;
        this.run = run;
    }

    /** Gives the event's number. */
    int started(String thread, String label) {
        return write(fields(thread, label, "started"));
    }

    void entered(String thread, String label) {
        write(fields(thread, label, "entered"));
    }

    void finished(String thread, String label, Object value) {
        Map<String, Object> fields = fields(thread, label, "finished");
        fields.put("value", value);
        write(fields);
    }

    void raised(String thread, String label, Throwable error) {
        Map<String, Object> fields = fields(thread, label, "raised");
        fields.put("error", StepException.failureOf(error));
        write(fields);
    }

    /** The number of the last event; 0 before the first. */
    int last() {
        try (SpinLock held = lock.lock()) {
            return number;
        }
    }

    /** Ends the run and gives the last number: what green threads that it left behind still do belongs to no run. */
    int end() {
        try (SpinLock held = lock.lock()) {
            over = true;
            return number;
        }
    }

    private Map<String, Object> fields(String thread, String label, String phase) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", run);
        fields.put("thread", thread);
        fields.put("os", OsThread.id());
        fields.put("label", label);
        fields.put("phase", phase);
        return fields;
    }

    private int write(Map<String, Object> fields) {
        String begun = fitted(fields);
        try (SpinLock held = lock.lock()) {
            if (!over) {
                number++;
                double milliseconds = (System.nanoTime() - BEGIN) / 1000 / 1e3;
                String line = begun + ",\"n\":" + number + ",\"at\":" + milliseconds + "}}\n";
                channel.write(line.getBytes(StandardCharsets.UTF_8));
            }
            return number;
        }
    }

    /** The beginning of an event's line, its value cut to a string that ends in … where it would be too long. */
    private static String fitted(Map<String, Object> fields) {
        int limit = LIMIT - COMPLETION;
        String line = begun(fields);
        Object value = fields.get("value");
        if (value == null || bytes(line) <= limit) {
            return line;
        }
        String text = value instanceof String string ? string : Json.write(value);
        for (int length = limit; bytes(line) > limit; length = length * 9 / 10) {
            fields.put("value", Text.cut(text, length) + "…");
            line = begun(fields);
        }
        return line;
    }

    private static String begun(Map<String, Object> fields) {
        String params = Json.write(fields);
        return "{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":" + params.substring(0, params.length() - 1);
    }

    private static int bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length;
    }
}
