package greenspec;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A lock of the adapter's own, held for microseconds. Who waits for one of Java's is a green thread that lets others run: a switch
 * that the program did not ask for. Here it keeps its OS thread, and so does the holder, which does nothing that could switch.
 */
final class SpinLock implements AutoCloseable {
    private final AtomicBoolean held = new AtomicBoolean();

    /** Gives itself, to be closed by a {@code try}. */
    SpinLock lock() {
        while (!held.compareAndSet(false, true)) {
            Thread.onSpinWait();
        }
        return this;
    }

    @Override
    public void close() {
        held.set(false);
    }
}
