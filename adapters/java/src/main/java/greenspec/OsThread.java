package greenspec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The OS thread that runs this now: of a virtual thread, its carrier. */
final class OsThread {
    /** A link to PID/task/TID of whoever follows it: proc(5). */
    private static final Path SELF = Path.of("/proc/thread-self");

    private OsThread() {}

    /** Its id, asked of the kernel by a plain file call; the process's, where the system has no procfs. */
    static long id() {
        try {
            return Long.parseLong(Files.readSymbolicLink(SELF).getFileName().toString());
        } catch (IOException noProcfs) {
            return ProcessHandle.current().pid();
        }
    }
}
