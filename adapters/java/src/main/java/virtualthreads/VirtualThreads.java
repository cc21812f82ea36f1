package virtualthreads;

import greenspec.Driver;
import greenspec.GreenRuntime;
import greenspec.Identity;
import greenspec.Identity.Versioned;
import greenspec.Server;
import greenspec.StepException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** Virtual threads on the JDK's own scheduler, as it comes, with MySQL Connector/J. */
public final class VirtualThreads implements GreenRuntime {
    private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    public static void main(String[] arguments) {
        Server.serve(new VirtualThreads());
    }

    /** There is nothing to patch: what waits in Java's library lets other virtual threads run. */
    @Override
    public Set<Boolean> patches() {
        return Set.of(false);
    }

    @Override
    public Identity prepare(boolean patch, int pool) {
        String version = Runtime.version().toString();
        Versioned driver = new Versioned("MySQL Connector/J", ConnectorJ.version());
        String processors = String.valueOf(Runtime.getRuntime().availableProcessors());
        return new Identity(
                "java",
                version,
                new Versioned("Java", System.getProperty("java.specification.version")),
                new Identity.Lock("java.util.concurrent.locks.ReentrantLock", version, true),
                Map.of("native", driver),
                Map.of(
                        "JVM", System.getProperty("java.vm.name"),
                        // What the scheduler takes by itself: as many OS threads as there are processors.
                        "parallelism", System.getProperty("jdk.virtualThreadScheduler.parallelism", processors)),
                false);
    }

    @Override
    public GreenThread spawn(Runnable body) {
        Thread thread = Thread.startVirtualThread(body);
        return new GreenThread(thread::join, thread::interrupt);
    }

    /** By an interrupt, which what waits makes an exception of. */
    @Override
    public boolean kills() {
        return true;
    }

    /** Thread.sleep is both the runtime's own and the standard library's, so there is no second one. */
    @Override
    public Optional<Sleep> librarySleep() {
        return Optional.of(seconds -> Thread.sleep(Duration.ofNanos((long) Math.ceil(1e9
                * seconds.orElseThrow(() -> new StepException("no-such-call", "Thread.sleep takes a duration"))))));
    }

    /** A lock for each name, since Java has none by name. */
    @Override
    public Optional<Synchronized> lock() {
        return Optional.of((name, steps) -> {
            ReentrantLock lock = locks.computeIfAbsent(name, first -> new ReentrantLock());
            lock.lock();
            try {
                steps.run();
            } finally {
                lock.unlock();
            }
        });
    }

    @Override
    public Optional<Dial> dial() {
        return Optional.of(Socket::new);
    }

    @Override
    public Map<String, Driver> drivers() {
        return Map.of("native", ConnectorJ::connect);
    }
}
