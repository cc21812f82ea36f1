package greenspec;

import java.util.Set;
import java.util.TreeSet;

/** The words of docs/protocol.md for what a runtime has: what its parts show, never what it claims. */
final class Capabilities {
    private static final Set<String> ALWAYS = Set.of(
            "spawn", "join", "return", "raise", "attempt", "compute", "call", "call/callback", "touch/file", "touch/log",
            "wait/raw-pipe", "get", "set", "when", "repeat", "until");

    private Capabilities() {}

    static Set<String> of(GreenRuntime runtime) {
        Set<String> words = new TreeSet<>(ALWAYS);
        runtime.librarySleep().ifPresent(there -> words.addAll(Set.of("sleep/library", "sleep/negative")));
        runtime.standardSleep().ifPresent(there -> words.add("sleep/standard"));
        runtime.dial().ifPresent(there -> words.add("wait/green"));
        runtime.lock().ifPresent(there -> words.add("synchronized"));
        if (runtime.kills()) {
            words.add("kill");
        }
        for (String driver : runtime.drivers().keySet()) {
            words.addAll(Set.of("query", "close", "connect/" + driver));
        }
        for (boolean patch : runtime.patches()) {
            words.add(patch ? "patch/on" : "patch/off");
        }
        return words;
    }
}
