package greenspec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as plain values: null, Boolean, Double, String, List, Map. */
final class Json {
    /** Beyond this, numbers are not exact any more. */
    static final double EXACT = 1L << 53;

    /** Objects and lists inside each other: more would meet the end of a thread's stack somewhere in the middle of a run. */
    private static final int NESTING_LIMIT = 1000;

    private static final Gson WRITER = new GsonBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .registerTypeAdapter(Double.class, (JsonSerializer<Double>) (number, type, context) -> primitive(number))
            .create();

    private Json() {}

    /** @throws IOException where a text is not JSON */
    static Object read(String text) throws IOException {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(NESTING_LIMIT);
        Object value = value(reader);
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new IOException("more than one value");
        }
        return value;
    }

    static String write(Object value) {
        return WRITER.toJson(value);
    }

    private static Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case NULL -> {
                reader.nextNull();
                yield null;
            }
            case BOOLEAN -> reader.nextBoolean();
            case NUMBER -> reader.nextDouble() + 0.0; // of the two zeros, one
            case STRING -> reader.nextString();
            case BEGIN_ARRAY -> list(reader);
            case BEGIN_OBJECT -> object(reader);
            default -> throw new IOException("no value");
        };
    }

    private static List<Object> list(JsonReader reader) throws IOException {
        List<Object> list = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            list.add(value(reader));
        }
        reader.endArray();
        return list;
    }

    private static Map<String, Object> object(JsonReader reader) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            object.put(reader.nextName(), value(reader));
        }
        reader.endObject();
        return object;
    }

    /** A whole number without a point behind it; as a text what JSON cannot say. */
    private static JsonPrimitive primitive(double number) {
        if (number == Math.rint(number) && Math.abs(number) <= EXACT) {
            return new JsonPrimitive((long) number);
        }
        return Double.isFinite(number) ? new JsonPrimitive(number) : new JsonPrimitive(String.valueOf(number));
    }
}
