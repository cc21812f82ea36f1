package greenspec;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A concurrency runtime as the harness sees it. What is empty in it is not there, and not declared. */
public interface GreenRuntime {
    /** What initialize can be asked for: whether the standard library is patched. */
    Set<Boolean> patches();

    /**
     * Called once, first.
     *
     * @param patch whether to patch the standard library
     * @param pool the size that pools are to have, of OS threads and of connections
     * @throws Exception whose message is the harness's answer: this cannot be done
     */
    Identity prepare(boolean patch, int pool) throws Exception;

    /** Starts a green thread that runs {@code body}. */
    GreenThread spawn(Runnable body);

    /** The runtime's own sleep. */
    default Optional<Sleep> librarySleep() {
        return Optional.empty();
    }

    /** The standard library's, where that is another. */
    default Optional<Sleep> standardSleep() {
        return Optional.empty();
    }

    /** Runs steps inside the lock of a name. */
    default Optional<Synchronized> lock() {
        return Optional.empty();
    }

    /** Opens a TCP connection of the runtime's green I/O. */
    default Optional<Dial> dial() {
        return Optional.empty();
    }

    /** Drivers of MySQL, by the protocol's names: c-library, native, thread-pool, connection-pool. */
    default Map<String, Driver> drivers() {
        return Map.of();
    }

    /** Whether there is a way to end a green thread from outside: {@link GreenThread#kill}. */
    default boolean kills() {
        return false;
    }

    /**
     * A green thread that has been started.
     *
     * @param join waits for its end by the runtime's own means
     * @param kill ends it by the runtime's own means: what it waits for raises. Called only where {@link #kills} says so
     */
    record GreenThread(Join join, Runnable kill) {}

    /** Waits for the end of a green thread. */
    @FunctionalInterface
    interface Join {
        void join() throws InterruptedException;
    }

    /** A sleep; seconds are empty where the program's call has no argument, and may be less than 0. */
    @FunctionalInterface
    interface Sleep {
        void sleep(Optional<Double> seconds) throws Exception;
    }

    /** A lock for each name. */
    @FunctionalInterface
    interface Synchronized {
        void run(String name, Steps steps) throws Exception;
    }

    /** Steps of a program, which raise what they raise. */
    @FunctionalInterface
    interface Steps {
        void run() throws Exception;
    }

    /** The host is an address in numbers. */
    @FunctionalInterface
    interface Dial {
        Socket dial(String host, int port) throws IOException;
    }
}
