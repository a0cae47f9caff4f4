import java.io.IOException;

/** What the answers of a target have to be, to count as the same work as another's. */
interface Expectation {

    /**
     * Asks for every entry.
     *
     * @param warm whether the target has been under load: each entry then has to come from the cache, where the server says
     *     that
     * @throws IllegalStateException if an answer is another one
     */
    void check(Target target, boolean warm) throws IOException, InterruptedException;
}
