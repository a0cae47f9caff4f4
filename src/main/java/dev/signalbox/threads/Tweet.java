package dev.signalbox.threads;

/**
 * One post of a thread.
 *
 * @param number its place in the thread, from 1
 * @param total how many posts the thread has
 * @param content what is posted, with its {@code number/total } prefix if there is more than one
 */
public record Tweet(int number, int total, String content) {

    /** How long the content is, in Unicode code points. */
    public int characterCount() {
        return content.codePointCount(0, content.length());
    }
}
