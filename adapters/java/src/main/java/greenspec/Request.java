package greenspec;

import java.io.IOException;
import java.util.Map;

/** A request of the harness's. */
record Request(long id, String method, Object params) {
    /** @throws Refusal of a line that is no request, and has no id that could be answered */
    static Request of(byte[] line) throws Refusal {
        Object given;
        try {
            given = Json.read(Text.decoded(line));
        } catch (IOException wrong) {
            throw new Refusal(Refusal.NOT_JSON, "the line is not JSON in UTF-8: " + wrong.getMessage());
        }
        if (given instanceof Map<?, ?> request
                && "2.0".equals(request.get("jsonrpc"))
                && request.get("id") instanceof Double id
                && Field.ANY_INTEGER.fits().test(id)
                && request.get("method") instanceof String method) {
            return new Request(id.longValue(), method, request.get("params"));
        }
        throw new Refusal(Refusal.NO_REQUEST, "a request is an object with jsonrpc \"2.0\", an integer id, and a method");
    }
}
