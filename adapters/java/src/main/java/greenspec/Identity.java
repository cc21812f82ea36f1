package greenspec;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer to initialize, as far as the adapter knows it.
 *
 * @param drivers by the protocol's names
 * @param components further versions worth knowing, by name
 * @param patched whether the standard library is patched now
 */
public record Identity(
        String name,
        String version,
        Versioned language,
        Lock lock,
        Map<String, Versioned> drivers,
        Map<String, String> components,
        boolean patched) {

    /** Something with a name and a version. */
    public record Versioned(String name, String version) {
        Map<String, Object> message() {
            return Map.of("name", name, "version", version);
        }
    }

    /** What stands behind {@link GreenRuntime#lock}; a stand-in is anything but OpenStack's lockutils. */
    public record Lock(String name, String version, boolean standIn) {}

    Map<String, Object> message() {
        Map<String, Object> messages = new LinkedHashMap<>();
        drivers.forEach((driver, identity) -> messages.put(driver, identity.message()));
        return Map.of(
                "name", name,
                "version", version,
                "language", language.message(),
                "lock", Map.of("name", lock.name, "version", lock.version, "standIn", lock.standIn),
                "drivers", messages,
                "components", components);
    }
}
