package greenspec;

import java.util.ArrayList;
import java.util.List;

/** The open connections of a run. A name means the one that this instance opened, else the last that any did. */
final class Connections {
    private record Open(String instance, String name, Driver.Connection connection) {}

    private final SpinLock lock = new SpinLock();
    private final List<Open> open = new ArrayList<>();

    void add(String instance, String name, Driver.Connection connection) {
        try (SpinLock held = lock.lock()) {
            open.add(new Open(instance, name, connection));
        }
    }

    /** @throws StepException where none of that name is open */
    Driver.Connection find(String instance, String name) throws StepException {
        try (SpinLock held = lock.lock()) {
            return meant(instance, name).connection;
        }
    }

    /** Finds a connection and forgets it: it is about to be closed. */
    Driver.Connection take(String instance, String name) throws StepException {
        try (SpinLock held = lock.lock()) {
            Open taken = meant(instance, name);
            open.remove(taken);
            return taken.connection;
        }
    }

    private Open meant(String instance, String name) throws StepException {
        Open found = null;
        for (Open one : open) {
            boolean own = one.instance.equals(instance);
            if (one.name.equals(name) && (found == null || own || !found.instance.equals(instance))) {
                found = one;
            }
        }
        if (found == null) {
            throw new StepException("no-connection", "no connection named " + name + " is open");
        }
        return found;
    }

    /** Closes what the program left open. It may have ended before: the server may have killed it. */
    void closeAll() {
        for (Open one : open) {
            try {
                one.connection.close();
            } catch (Exception endedBefore) {
                // Nothing is left to close.
            }
        }
    }
}
