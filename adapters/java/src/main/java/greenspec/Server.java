package greenspec;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Serves a runtime to the harness over standard input and output. */
public final class Server {
    private static final int PROTOCOL = 1;
    private static final Shape INITIALIZE = Shape.open(
            Map.of("protocol", Field.ANY_INTEGER, "patch", Field.BOOLEAN, "pool", Field.integer(1, 1000)));

    private final GreenRuntime runtime;
    private final Channel channel = new Channel();
    private final AtomicBoolean busy = new AtomicBoolean();
    /** Null before initialize. */
    private Set<String> capabilities;

    private Server(GreenRuntime runtime) {
        this.runtime = runtime;
    }

    /** Never returns: the process ends with its input, or by shutdown. */
    public static void serve(GreenRuntime runtime) {
        System.exit(new Server(runtime).takeAll());
    }

    /** Gives the exit code. */
    private int takeAll() {
        Lines lines = new Lines(System.in);
        try {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (!take(line)) {
                    return 0;
                }
            }
            return 0;
        } catch (Lines.TooLong tooLong) {
            refuse(null, new Refusal(Refusal.NO_REQUEST, "a message is at most " + Lines.LIMIT + " bytes"));
            return 1;
        } catch (IOException lost) {
            System.err.println("standard input cannot be read: " + lost);
            return 1;
        }
    }

    /** Answers a request; a run, which lasts, in a green thread. False once it is to shut down. */
    private boolean take(byte[] line) {
        Long id = null;
        try {
            Request request = Request.of(line);
            id = request.id();
            switch (request.method()) {
                case "initialize" -> channel.answer(id, "result", initialize(request.params()));
                case "run" -> run(id, request.params());
                case "shutdown" -> {
                    channel.answer(id, "result", Map.of());
                    return false;
                }
                default -> throw new Refusal(Refusal.NO_METHOD, "there is no method " + Text.cut(request.method(), 100));
            }
        } catch (Refusal refusal) {
            refuse(id, refusal);
        }
        return true;
    }

    private void refuse(Long id, Refusal refusal) {
        channel.answer(id, "error", refusal.message());
    }

    private Map<String, Object> initialize(Object given) throws Refusal {
        if (capabilities != null) {
            throw new Refusal(Refusal.NO_REQUEST, "initialize comes once, first");
        }
        Map<String, Object> params = INITIALIZE.check("params", given);
        if ((Double) params.get("protocol") < PROTOCOL) {
            throw new Refusal(Refusal.WRONG_VERSION, "this adapter knows version " + PROTOCOL + " of the protocol");
        }
        Identity identity = prepare((Boolean) params.get("patch"), ((Double) params.get("pool")).intValue());
        capabilities = Capabilities.of(runtime);
        return Map.of(
                "protocol", PROTOCOL,
                "runtime", identity.message(),
                "patched", identity.patched(),
                "pid", ProcessHandle.current().pid(),
                "capabilities", capabilities);
    }

    private Identity prepare(boolean patch, int pool) throws Refusal {
        if (!runtime.patches().contains(patch)) {
            throw new Refusal(Refusal.CANNOT_PREPARE, "this runtime has no patch/" + (patch ? "on" : "off"));
        }
        try {
            return runtime.prepare(patch, pool);
        } catch (Exception cannot) {
            throw new Refusal(Refusal.CANNOT_PREPARE, String.valueOf(cannot.getMessage()));
        }
    }

    private void run(long id, Object params) throws Refusal {
        if (capabilities == null || busy.get()) {
            throw new Refusal(Refusal.NO_REQUEST, "a run comes after initialize, one at a time");
        }
        Run run = new Run(runtime, RunParams.of(params, capabilities), channel);
        busy.set(true);
        runtime.spawn(() -> answer(id, run));
    }

    private void answer(long id, Run run) {
        try {
            Map<String, Object> result = run.main();
            busy.set(false);
            channel.answer(id, "result", result);
        } catch (RuntimeException failed) {
            busy.set(false);
            refuse(id, new Refusal(Refusal.RUN_FAILED, failed.toString()));
        }
    }
}
