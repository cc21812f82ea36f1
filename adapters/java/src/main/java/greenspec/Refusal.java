package greenspec;

import java.util.Map;

/** Answers a request with an error: one of docs/protocol.md's, or of JSON-RPC's own. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    static final int NOT_JSON = -32700;
    static final int NO_REQUEST = -32600;
    static final int NO_METHOD = -32601;
    static final int WRONG_PARAMS = -32602;
    static final int WRONG_VERSION = -32001;
    static final int CANNOT_PREPARE = -32002;
    static final int RUN_FAILED = -32003;

    private final int code;

    Refusal(int code, String message) {
        super(Text.cut(message, 1000));
        this.code = code;
    }

    Map<String, Object> message() {
        return Map.of("code", code, "message", getMessage());
    }
}
