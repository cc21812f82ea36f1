package greenspec;

/** What {@code return} makes of the steps around it: they end, too, and no {@code attempt} holds it up. */
final class Returned extends Exception {
    private static final long serialVersionUID = 1;

    final transient Object value;

    Returned(Object value) {
        super("return", null, false, false);
        this.value = value;
    }
}
