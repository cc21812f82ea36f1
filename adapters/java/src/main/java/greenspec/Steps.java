package greenspec;

import static greenspec.Field.COUNT;
import static greenspec.Field.LIST;
import static greenspec.Field.NAME;
import static greenspec.Field.NUMBER;
import static greenspec.Field.SQL;
import static greenspec.Field.TEXT;
import static greenspec.Field.VALUE;
import static greenspec.Field.integer;
import static greenspec.Field.number;
import static greenspec.Field.oneOf;
import static java.util.Map.entry;

import java.util.Map;

/** What fields each step of the program language has: docs/protocol.md. */
final class Steps {
    private static final Shape EVERY = Shape.closed(Map.of("do", TEXT, "label", NAME.optional()));
    private static final Field INTO = NAME.optional();

    private static final Map<String, Shape> SHAPES = Map.ofEntries(
            step("spawn", Map.of("thread", NAME, "count", COUNT.optional(), "through", oneOf("pool").optional())),
            step("join", Map.of("thread", NAME, "into", INTO)),
            step("kill", Map.of("thread", NAME)),
            step("return", Map.of("value", VALUE)),
            step("raise", Map.of("error", NAME)),
            step("attempt", Map.of("into", INTO, "steps", LIST)),
            step("timeout", Map.of("seconds", number(0, 60), "steps", LIST)),
            // Less than 0 is for a profile to ask what it does.
            step("sleep", Map.of("seconds", number(-60, 60).optional(), "through", oneOf("library", "standard"))),
            step("compute", Map.of("until", NAME)),
            step("wait", Map.of("label", NAME, "gate", NAME, "through", oneOf("green", "raw-pipe"), "into", INTO)),
            step("call", Map.of("depth", integer(1, 100), "via", oneOf("callback").optional(), "steps", LIST)),
            step("touch", Map.of("what", oneOf("file", "log"))),
            step("get", Map.of("variable", NAME, "into", INTO)),
            step("set", Map.of("variable", NAME, "value", VALUE.optional(), "from", NAME.optional(), "plus", NUMBER.optional())),
            step("when", Map.of("local", NAME, "is", VALUE, "steps", LIST)),
            step("synchronized", Map.of("name", NAME, "steps", LIST)),
            step("hold", Map.of("lock", oneOf("early", "log"), "steps", LIST)),
            step("connect", Map.of("connection", NAME, "driver", oneOf("c-library", "native", "thread-pool", "connection-pool"))),
            step("query", Map.of("connection", NAME, "sql", SQL, "into", INTO)),
            step("close", Map.of("connection", NAME)),
            step("repeat", Map.of("times", integer(1, 1_000_000), "steps", LIST)),
            step("until", Map.of("variable", NAME, "is", VALUE, "unless", NAME.optional(), "steps", LIST)));

    private Steps() {}

    /** The fields of a step by its name; null where there is none of that name. */
    static Shape shape(Object action) {
        return action instanceof String name ? SHAPES.get(name) : null;
    }

    private static Map.Entry<String, Shape> step(String name, Map<String, Field> fields) {
        return entry(name, EVERY.with(fields));
    }
}
