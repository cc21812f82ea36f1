package greenspec;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A lock of the adapter's own, held for microseconds. Who waits for one of Java's is a green thread that lets others run: a switch
 * that the program did not ask for. Here it keeps its OS thread, and so does the holder, as long as it does nothing that could switch.
 */
final class SpinLock implements AutoCloseable {
    /** Before others are let run after all: the holder may need an OS thread to go on, for a class that is loaded the first time, say. */
    private static final int TRIES = 10_000;

    private final AtomicBoolean held = new AtomicBoolean();

    /** Gives itself, to be closed by a {@code try}. */
    SpinLock lock() {
        for (int tries = 1; !held.compareAndSet(false, true); tries++) {
            if (tries % TRIES == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
        return this;
    }

    @Override
    public void close() {
        held.set(false);
    }
}
