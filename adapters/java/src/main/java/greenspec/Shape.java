package greenspec;

import java.util.HashMap;
import java.util.Map;

/**
 * The fields of an object of the protocol.
 *
 * @param open whether more than these are let pass, as a newer harness may add some
 */
record Shape(Map<String, Field> fields, boolean open) {
    static Shape closed(Map<String, Field> fields) {
        return new Shape(fields, false);
    }

    static Shape open(Map<String, Field> fields) {
        return new Shape(fields, true);
    }

    /** These fields and more. */
    Shape with(Map<String, Field> more) {
        Map<String, Field> all = new HashMap<>(fields);
        all.putAll(more);
        return new Shape(all, open);
    }

    /** @throws Refusal that names the place and the reason */
    Map<String, Object> check(String at, Object given) throws Refusal {
        Field.OBJECT.check(at, given);
        Map<String, Object> there = object(given);
        for (Map.Entry<String, Field> field : fields.entrySet()) {
            if (there.containsKey(field.getKey())) {
                field.getValue().check(at + "." + field.getKey(), there.get(field.getKey()));
            } else if (field.getValue().required()) {
                throw new Refusal(Refusal.WRONG_PARAMS, at + ": " + field.getKey() + " is missing");
            }
        }
        for (String name : there.keySet()) {
            if (!open && !fields.containsKey(name)) {
                throw new Refusal(Refusal.WRONG_PARAMS, at + ": unknown field " + Json.write(name));
            }
        }
        return there;
    }

    /** What {@link Json#read} gives of an object. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object given) {
        return (Map<String, Object>) given;
    }
}
