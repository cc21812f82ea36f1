package greenspec;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Runs steps in the green thread that calls it. */
final class Interpreter {
    private final Instance self;
    private final Run run;
    private final Waiting waiting;

    Interpreter(Instance self) {
        this.self = self;
        run = self.run;
        waiting = new Waiting(self);
    }

    /** @throws Returned where one of them ends this green thread */
    void interpret(List<Step> steps) throws Exception {
        for (Step step : steps) {
            Object value = report(step);
            if (step.into() != null) {
                self.locals.put(step.into(), value);
            }
        }
    }

    /** Performs a step. One with a label says that it started, and how it ended. */
    private Object report(Step step) throws Exception {
        if (step.label() == null) {
            return perform(step);
        }
        self.reported = run.events.started(self.name, step.label());
        try {
            Object value = perform(step);
            run.events.finished(self.name, step.label(), value);
            return value;
        } catch (Returned end) {
            run.events.finished(self.name, step.label(), null);
            throw end;
        } catch (Exception raised) {
            run.events.raised(self.name, step.label(), raised);
            throw raised;
        }
    }

    private Object perform(Step step) throws Exception {
        switch (step.action()) {
            case "spawn" -> spawn(step);
            case "kill" -> run.instancesOf(step.text("thread")).forEach(Instance::kill);
            case "return" -> throw new Returned(step.fields().get("value"));
            case "raise" -> throw new StepException(step.text("error"), step.text("error"));
            case "sleep" -> waiting.sleep(step);
            case "compute" -> waiting.compute(step.text("until"));
            case "call" -> call(step, step.integer("depth"));
            case "when" -> when(step);
            case "synchronized" -> run.runtime.lock().orElseThrow().run(step.text("name"), () -> enter(step));
            case "connect" -> connect(step);
            case "close" -> run.connections.take(self.name, step.text("connection")).close();
            case "repeat" -> repeat(step);
            case "until" -> until(step);
            default -> {
                return value(step);
            }
        }
        return null;
    }

    /** Performs a step that has a value. */
    private Object value(Step step) throws Exception {
        return switch (step.action()) {
            case "join" -> run.join(step.text("thread"));
            case "attempt" -> attempt(step);
            case "wait" -> waiting.waitAt(step);
            case "touch" -> waiting.touch(step.text("what"));
            case "get" -> run.variable(step.text("variable")).get();
            case "set" -> set(step);
            case "query" -> query(step);
            default -> throw new IllegalStateException("unknown step " + step.action());
        };
    }

    private void spawn(Step step) {
        String thread = step.text("thread");
        run.spawn(thread, step.number("count").map(Double::intValue).orElse(run.params.threads().get(thread).count()));
    }

    private Object attempt(Step step) throws Exception {
        try {
            interpret(step.steps());
            return null;
        } catch (Returned end) {
            throw end;
        } catch (Exception raised) {
            if (self.killed()) {
                throw raised;
            }
            return StepException.codeOf(raised);
        }
    }

    /** Runs steps as deep as the program says, in calls of the language's own. */
    private void call(Step step, int depth) throws Exception {
        if (depth > 1) {
            call(step, depth - 1);
        } else if (step.text("via") == null) {
            interpret(step.steps());
        } else {
            fromSort(step.steps());
        }
    }

    /** Runs steps from inside a sort that asks for its order: of two there is one question. What they raise goes through the library's frames. */
    private void fromSort(List<Step> steps) throws Exception {
        Integer[] two = {2, 1};
        Comparator<Integer> order = (one, other) -> {
            try {
                interpret(steps);
            } catch (Exception raised) {
                throw new Carried(raised);
            }
            return one.compareTo(other);
        };
        try {
            Arrays.sort(two, order);
        } catch (Carried carried) {
            throw carried.raised;
        }
    }

    private void when(Step step) throws Exception {
        if (Objects.equals(self.locals.get(step.text("local")), step.fields().get("is"))) {
            interpret(step.steps());
        }
    }

    private Object set(Step step) throws StepException {
        Object written = step.text("from") == null ? step.fields().get("value") : self.locals.get(step.text("from"));
        if (step.fields().get("plus") instanceof Double plus) {
            if (!(written instanceof Double number)) {
                throw new StepException("not-a-number", written + " is no number that something can be added to");
            }
            written = number + plus;
        }
        run.variable(step.text("variable")).set(written);
        return written;
    }

    private void enter(Step step) throws Exception {
        if (step.label() != null) {
            run.events.entered(self.name, step.label());
        }
        interpret(step.steps());
    }

    private void connect(Step step) throws Exception {
        Driver driver = run.runtime.drivers().get(step.text("driver"));
        run.connections.add(self.name, step.text("connection"), driver.connect(run.params.database()));
    }

    private Object query(Step step) throws Exception {
        Driver.Connection connection = run.connections.find(self.name, step.text("connection"));
        String comment = "/* greenspec %s %s %d */ ".formatted(run.params.nonce(), self.name, run.events.last());
        return connection.query(comment + step.text("sql"));
    }

    private void repeat(Step step) throws Exception {
        for (int times = step.integer("times"); times > 0; times--) {
            interpret(step.steps());
        }
    }

    private void until(Step step) throws Exception {
        String unless = step.text("unless");
        while (!Objects.equals(run.variable(step.text("variable")).get(), step.fields().get("is"))
                && !(unless != null && waiting.flagRaised(unless))) {
            interpret(step.steps());
        }
    }

    /** What steps raise on its way through a library that knows no such exception. */
    private static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1;

        final transient Exception raised;

        Carried(Exception raised) {
            super(raised);
            this.raised = raised;
        }
    }
}
