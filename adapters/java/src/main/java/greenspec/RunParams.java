package greenspec;

import static greenspec.Field.COUNT;
import static greenspec.Field.LIST;
import static greenspec.Field.NAME;
import static greenspec.Field.NONCE;
import static greenspec.Field.OBJECT;
import static greenspec.Field.PORT;
import static greenspec.Field.TEXT;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of run, in which nothing is wrong.
 *
 * @param variables the first values of shared variables
 * @param database null where there is none
 */
record RunParams(
        String run,
        String nonce,
        Map<String, Thread> threads,
        Map<String, Object> variables,
        String gateHost,
        int gatePort,
        String folder,
        Driver.Address database) {

    /** A green thread of the program: its steps, and as how many instances a spawn without a count starts it. */
    record Thread(List<Step> steps, int count) {}

    private static final Shape RUN = Shape.closed(Map.of(
            "run", NAME,
            "nonce", NONCE,
            "program", OBJECT,
            "gates", OBJECT,
            "folder", TEXT,
            "database", OBJECT.optional()));
    private static final Shape GATES = Shape.closed(Map.of("host", TEXT, "port", PORT));
    private static final Shape DATABASE =
            Shape.closed(Map.of("host", TEXT, "port", PORT, "user", TEXT, "password", TEXT, "database", TEXT));
    private static final Shape PROGRAM = Shape.closed(Map.of("threads", OBJECT, "variables", OBJECT.optional()));
    private static final Shape THREAD = Shape.closed(Map.of("steps", LIST, "count", COUNT.optional()));

    /**
     * Holds what was given against the protocol before anything is done with it.
     *
     * @throws Refusal that names the place and the reason
     */
    static RunParams of(Object given, Set<String> capabilities) throws Refusal {
        Map<String, Object> params = RUN.check("params", given);
        Map<String, Object> gates = GATES.check("gates", params.get("gates"));
        Map<String, Object> program = PROGRAM.check("program", params.get("program"));
        Driver.Address database = params.containsKey("database") ? address(params.get("database")) : null;
        return new RunParams(
                (String) params.get("run"),
                (String) params.get("nonce"),
                threads(Shape.object(program.get("threads")), new Known(capabilities, database != null)),
                variables(program.get("variables")),
                (String) gates.get("host"),
                integer(gates.get("port")),
                (String) params.get("folder"),
                database);
    }

    private static Driver.Address address(Object given) throws Refusal {
        Map<String, Object> at = DATABASE.check("database", given);
        return new Driver.Address(
                (String) at.get("host"),
                integer(at.get("port")),
                (String) at.get("user"),
                (String) at.get("password"),
                (String) at.get("database"));
    }

    private static Map<String, Object> variables(Object given) throws Refusal {
        Map<String, Object> variables = given == null ? Map.of() : Shape.object(given);
        for (Map.Entry<String, Object> variable : variables.entrySet()) {
            String at = "variables." + variable.getKey();
            NAME.check(at, variable.getKey());
            Field.VALUE.check(at, variable.getValue());
        }
        return variables;
    }

    private static Map<String, Thread> threads(Map<String, Object> given, Known known) throws Refusal {
        if (!given.containsKey("main")) {
            throw new Refusal(Refusal.WRONG_PARAMS, "threads: a program needs a green thread named main");
        }
        Map<String, Thread> threads = new HashMap<>();
        for (Map.Entry<String, Object> thread : given.entrySet()) {
            String at = "threads." + thread.getKey();
            NAME.check(at, thread.getKey());
            Map<String, Object> fields = THREAD.check(at, thread.getValue());
            known.checkSteps(at + ".steps", fields.get("steps"), given.keySet());
            int count = fields.get("count") instanceof Double number ? number.intValue() : 1;
            threads.put(thread.getKey(), new Thread(Step.listOf(fields.get("steps")), count));
        }
        return threads;
    }

    private static int integer(Object number) {
        return ((Double) number).intValue();
    }

    /** What steps may ask for: the runtime's words, and a database. */
    private record Known(Set<String> capabilities, boolean database) {
        void checkSteps(String at, Object steps, Set<String> threads) throws Refusal {
            int index = 0;
            for (Object step : (List<?>) steps) {
                checkStep(at + "[" + index++ + "]", step, threads);
            }
        }

        private void checkStep(String at, Object given, Set<String> threads) throws Refusal {
            OBJECT.check(at, given);
            Object action = Shape.object(given).get("do");
            Shape shape = Steps.shape(action);
            refuseIf(shape == null, at, "unknown step " + Json.write(action));
            Map<String, Object> step = shape.check(at, given);
            Object thread = step.get("thread");
            refuseIf(thread != null && !threads.contains(thread), at, "no green thread named " + thread);
            String word = Step.capability(step);
            refuseIf(!capabilities.contains(word), at, "this runtime has no " + word);
            refuseIf(action.equals("connect") && !database, at, "a step connects, and there is no database");
            if (step.containsKey("steps")) {
                checkSteps(at + ".steps", step.get("steps"), threads);
            }
        }

        private static void refuseIf(boolean wrong, String at, String reason) throws Refusal {
            if (wrong) {
                throw new Refusal(Refusal.WRONG_PARAMS, at + ": " + reason);
            }
        }
    }
}
