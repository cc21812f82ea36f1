package greenspec;

import java.util.Map;

/** An error that a step raises under a code: MySQL's number as a double, any other as a string. */
public final class StepException extends Exception {
    private static final long serialVersionUID = 1;

    /** What {@code attempt} gives. */
    private final transient Object code;

    public StepException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** An error of the MySQL server's. */
    public StepException(int number, String message) {
        super(message);
        this.code = (double) number;
    }

    /** The code of any error: one that has none of its own has the name of its class. */
    static Object codeOf(Throwable error) {
        return error instanceof StepException step ? step.code : Text.cut(error.getClass().getName(), 100);
    }

    /** An error as an event tells it: short enough for one, whatever characters it is made of. */
    static Map<String, Object> failureOf(Throwable error) {
        String code = codeOf(error) instanceof Double number ? String.valueOf(number.intValue()) : (String) codeOf(error);
        return Map.of("code", Text.cut(code, 100), "message", Text.cut(String.valueOf(error.getMessage()), 400));
    }
}
