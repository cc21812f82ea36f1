/**
 * The adapter's side of greenspec's protocol (docs/protocol.md) in Java: an adapter states in a {@link greenspec.GreenRuntime} how its
 * runtime does what a program's steps ask for, and {@link greenspec.Server#serve} does the rest.
 */
package greenspec;
