package greenspec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A green thread of the program that runs: main, or NAME#1, NAME#2, … */
final class Instance {
    final Run run;
    final String name;
    /** What its steps have put into locals. */
    final Map<String, Object> locals = new HashMap<>();
    /** The number of its last started event. */
    int reported;

    /** Whoever joins it at once may come before whoever starts it has it in hand. */
    private final CompletableFuture<GreenRuntime.GreenThread> started = new CompletableFuture<>();

    private volatile boolean killed;
    private volatile boolean ended;
    private Object result;
    private Exception error;

    Instance(Run run, String name) {
        this.run = run;
        this.name = name;
    }

    void startedAs(GreenRuntime.GreenThread thread) {
        started.complete(thread);
    }

    /** Runs its steps, and keeps what came of them for those that join. */
    void live(List<Step> steps) {
        try {
            new Interpreter(this).interpret(steps);
        } catch (Returned end) {
            result = end.value;
        } catch (Exception raised) {
            error = killed ? new StepException("killed", name + " was killed") : raised;
        } catch (StackOverflowError deep) {
            error = new StepException("stack-overflow", "the steps of " + name + " are nested too deep");
        }
        ended = true;
    }

    void join() throws InterruptedException {
        started.join().join().join();
    }

    /** Ends it, unless it has ended. */
    void kill() {
        if (!ended) {
            killed = true;
            started.join().kill().run();
        }
    }

    /** Whether what it raises now is what ends it. */
    boolean killed() {
        return killed;
    }

    /** What it returned. */
    Object result() {
        return result;
    }

    /** What it raised and nobody caught; null for nothing. */
    Exception error() {
        return error;
    }
}
