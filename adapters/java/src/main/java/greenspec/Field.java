package greenspec;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a field of an object must be.
 *
 * @param means what it must be, in words that follow "expected"
 */
record Field(String means, Predicate<Object> fits, boolean required) {
    static final Field NAME = matches("a name: a letter, then at most 39 letters, digits, or _ . -", "[A-Za-z][A-Za-z0-9_.-]{0,39}");
    static final Field NONCE = matches("16 hexadecimal digits", "[0-9a-f]{16}");
    static final Field VALUE = field("a string, a number, true, false, null, or a list of these", Field::isValue);
    static final Field NUMBER = field("a number", Double.class::isInstance);
    static final Field ANY_INTEGER = integer(-Json.EXACT, Json.EXACT);
    static final Field COUNT = integer(1, 100_000);
    static final Field PORT = integer(1, 65_535);
    static final Field TEXT = field("a string", String.class::isInstance);
    static final Field BOOLEAN = field("true or false", Boolean.class::isInstance);
    static final Field LIST = field("a list", List.class::isInstance);
    static final Field OBJECT = field("an object", Map.class::isInstance);
    static final Field SQL = field(
            "a statement of 1 to 10000 characters",
            given -> given instanceof String sql && !sql.isEmpty() && sql.codePointCount(0, sql.length()) <= 10_000);

    static Field field(String means, Predicate<Object> fits) {
        return new Field(means, fits, true);
    }

    static Field number(double least, double most) {
        return field(
                "a number from %.0f to %.0f".formatted(least, most),
                given -> given instanceof Double number && least <= number && number <= most);
    }

    static Field integer(double least, double most) {
        return field(
                "an integer from %.0f to %.0f".formatted(least, most),
                given -> given instanceof Double number && number == Math.rint(number) && least <= number && number <= most);
    }

    static Field oneOf(String... words) {
        return field(String.join(" or ", words), given -> given instanceof String word && Set.of(words).contains(word));
    }

    static Field matches(String means, String pattern) {
        Predicate<String> whole = Pattern.compile(pattern).asMatchPredicate();
        return field(means, given -> given instanceof String text && whole.test(text));
    }

    Field optional() {
        return new Field(means, fits, false);
    }

    /** @throws Refusal that names the place and the reason */
    void check(String at, Object given) throws Refusal {
        if (!fits.test(given)) {
            throw new Refusal(Refusal.WRONG_PARAMS, at + ": expected " + means);
        }
    }

    private static boolean isValue(Object given) {
        return given instanceof List<?> list ? list.stream().allMatch(Field::isValue) : !(given instanceof Map);
    }
}
