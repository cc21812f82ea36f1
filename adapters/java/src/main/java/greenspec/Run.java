package greenspec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** One run of a program: all its state. Nothing is left for the next run. */
final class Run {
    final GreenRuntime runtime;
    final RunParams params;
    final Events events;
    final Connections connections = new Connections();
    final ProgramLog log;
    /**
     * Each shared variable has a place of its own, made before anything runs: a read or a write is one load or store, which nothing can
     * come between, and neither takes a lock.
     */
    private final Map<String, AtomicReference<Object>> variables = new HashMap<>();

    private final AtomicInteger unfinished = new AtomicInteger();
    private final SpinLock lock = new SpinLock();
    private final Map<String, List<Instance>> instances = new HashMap<>();

    Run(GreenRuntime runtime, RunParams params, Channel channel) {
        this.runtime = runtime;
        this.params = params;
        events = new Events(channel, params.run());
        log = new ProgramLog(params.folder() + "/log.txt");
        params.variables().forEach((name, first) -> variables.put(name, new AtomicReference<>(first)));
        params.threads().values().stream()
                .flatMap(thread -> withInner(thread.steps()))
                .map(step -> step.text("variable"))
                .forEach(name -> variables.computeIfAbsent(name, unset -> new AtomicReference<>()));
    }

    private static Stream<Step> withInner(List<Step> steps) {
        return steps.stream().flatMap(step -> Stream.concat(Stream.of(step), withInner(step.steps())));
    }

    /** Runs the program's main to its end; gives the result of the request. */
    Map<String, Object> main() {
        Instance main = new Instance(this, "main");
        main.live(params.threads().get("main").steps());
        if (main.error() != null) {
            // The step has reported it if it has a label; if not, only this line tells. It is no error of the run.
            System.err.println("main ended by " + StepException.codeOf(main.error()) + ": " + main.error().getMessage());
        }
        int last = events.end();
        int left = unfinished.get();
        if (left == 0) {
            // A connection that a green thread left behind may be using is not safe to close; its process will be replaced.
            connections.closeAll();
            log.close();
        }
        return Map.of("events", last, "unfinished", left);
    }

    AtomicReference<Object> variable(String name) {
        return variables.get(name);
    }

    void spawn(String name, int count) {
        for (int started = 0; started < count; started++) {
            start(name);
        }
    }

    private void start(String name) {
        Instance instance;
        try (SpinLock held = lock.lock()) {
            List<Instance> others = instances.computeIfAbsent(name, first -> new ArrayList<>());
            instance = new Instance(this, name + "#" + (others.size() + 1));
            others.add(instance);
        }
        unfinished.incrementAndGet();
        instance.startedAs(runtime.spawn(() -> {
            instance.live(params.threads().get(name).steps());
            unfinished.decrementAndGet();
        }));
    }

    /** All instances so far of a green thread, in the order of spawning. */
    List<Instance> instancesOf(String name) {
        try (SpinLock held = lock.lock()) {
            return List.copyOf(instances.getOrDefault(name, List.of()));
        }
    }

    /** Waits for every instance so far; then raises what the first of them raised that did, or gives what they returned. */
    Object join(String name) throws Exception {
        List<Object> values = new ArrayList<>();
        Exception failure = null;
        for (Instance instance : instancesOf(name)) {
            instance.join();
            values.add(instance.result());
            failure = failure == null ? instance.error() : failure;
        }
        if (failure != null) {
            throw failure;
        }
        return switch (values.size()) {
            case 0 -> null;
            case 1 -> values.getFirst();
            default -> values;
        };
    }
}
