package greenspec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A step of a program that has been checked.
 *
 * @param label null where it reports nothing
 * @param into null where nothing takes its value
 * @param steps those that it holds; empty where it holds none
 * @param fields all that it has
 */
record Step(String action, String label, String into, List<Step> steps, Map<String, Object> fields) {
    private static final List<String> WAYS = List.of("through", "driver", "what", "via", "lock");

    static List<Step> listOf(Object given) {
        return given instanceof List<?> list ? list.stream().map(Step::of).toList() : List.of();
    }

    private static Step of(Object given) {
        Map<String, Object> fields = Shape.object(given);
        return new Step(
                (String) fields.get("do"),
                (String) fields.get("label"),
                (String) fields.get("into"),
                listOf(fields.get("steps")),
                fields);
    }

    /** The word of docs/protocol.md that a step takes: sleep/library, connect/native, repeat. */
    static String capability(Map<String, Object> fields) {
        if (fields.get("do").equals("sleep") && fields.get("seconds") instanceof Double seconds && seconds < 0) {
            return "sleep/negative";
        }
        Stream<Object> way = WAYS.stream().map(fields::get).filter(Predicate.not(Predicate.isEqual(null))).limit(1);
        return Stream.concat(Stream.of(fields.get("do")), way).map(String::valueOf).reduce((step, kind) -> step + "/" + kind).orElseThrow();
    }

    String text(String field) {
        return (String) fields.get(field);
    }

    Optional<Double> number(String field) {
        return Optional.ofNullable((Double) fields.get(field));
    }

    int integer(String field) {
        return number(field).orElseThrow().intValue();
    }
}
