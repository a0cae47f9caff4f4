/** Something that a run needs is not on this machine and could not be put there; the message says what and why. */
final class NotInstalled extends Exception {

    private static final long serialVersionUID = 1;

    NotInstalled(String message) {
        super(message);
    }
}
