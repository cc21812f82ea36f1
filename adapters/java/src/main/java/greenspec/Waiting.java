package greenspec;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The steps that wait, compute, or touch a file. */
final class Waiting {
    private final Instance self;
    private final RunParams params;
    private final Map<String, File> flags = new HashMap<>();

    Waiting(Instance self) {
        this.self = self;
        params = self.run.params;
    }

    void sleep(Step step) throws Exception {
        GreenRuntime runtime = self.run.runtime;
        Optional<GreenRuntime.Sleep> sleep =
                step.text("through").equals("library") ? runtime.librarySleep() : runtime.standardSleep();
        sleep.orElseThrow().sleep(step.number("seconds"));
    }

    /** Burns processor time until the harness raises the flag. */
    void compute(String flag) {
        for (int x = 1; x != 0 && !flagRaised(flag); ) {
            x = arithmetic(x);
        }
    }

    /** Some 0.2 ms of xorshift32, a generator of pseudo-random numbers: each needs the one before, so that none can be left out. */
    private static int arithmetic(int seed) {
        int x = seed;
        for (int i = 0; i < 150_000; i++) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
        }
        return x;
    }

    /** Whether the harness has raised a flag of the run: by a plain file call. */
    boolean flagRaised(String flag) {
        return flags.computeIfAbsent(flag, name -> new File(params.folder(), "flag-" + name)).exists();
    }

    String waitAt(Step step) throws Exception {
        String gate = step.text("gate");
        return step.text("through").equals("green") ? waitGreen(gate) : waitRaw(gate);
    }

    private String waitGreen(String gate) throws Exception {
        try (Socket socket = self.run.runtime.dial().orElseThrow().dial(params.gateHost(), params.gatePort())) {
            String hello = "%s %s %s %d\n".formatted(params.nonce(), gate, self.name, self.reported);
            socket.getOutputStream().write(hello.getBytes(StandardCharsets.UTF_8));
            return line(socket.getInputStream(), gate);
        }
    }

    /** Opens and reads a named pipe by plain calls, which hold up the OS thread. */
    private String waitRaw(String gate) throws Exception {
        try (FileInputStream pipe = new FileInputStream(new File(params.folder(), "pipe-" + gate))) {
            return line(pipe, gate);
        }
    }

    /** Reads a line; a connection that ends before it came, or is reset, is a gate that was lost. */
    private static String line(InputStream input, String gate) throws StepException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = input.read(); next != '\n'; next = input.read()) {
                if (next < 0) {
                    throw new StepException("gate-lost", "gate " + gate + " was lost before a token came");
                }
                line.write(next);
            }
        } catch (IOException lost) {
            throw new StepException("gate-lost", "gate " + gate + " was lost before a token came: " + lost.getMessage());
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Gives the file's text, or null for the log. */
    String touch(String what) throws IOException {
        if (what.equals("file")) {
            return Files.readString(Path.of(params.folder(), "readable.txt"));
        }
        self.run.log.print(params.nonce() + " " + self.name);
        return null;
    }
}
