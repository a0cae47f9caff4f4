package dev.signalbox.threads;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text of any language into posts of limited length, at the places where a reader would pause.
 *
 * <ul>
 *   <li>Every post is at most the given number of Unicode code points long, its {@code number/total } prefix included. A
 *       text that fits into one post is one, without a prefix. There is no upper limit to the number of posts.
 *   <li>Nothing is lost: each post is a passage of the text as it stands, and between two passages lies nothing but white
 *       space. White space is what {@link Character#isWhitespace(int)} says, so a no-break space is kept.
 *   <li>A paragraph, sentence, line or word that fits into a post of its own is not cut where the post before it can end
 *       in front of it. One that does not is begun in the same post if that is less than half full, and ends, when it
 *       has to be cut, at the last and best place that leaves the post at least half full.
 *   <li>A word that is cut ends in {@code …}, which counts. Scripts written without spaces are cut between characters
 *       without a mark.
 *   <li>A grapheme cluster (what a reader takes for one character) is not cut. The exception is one that is longer than
 *       a whole post: it is cut between code points.
 *   <li>Control characters and unpaired surrogates are characters like any other.
 * </ul>
 *
 * <p>The same text always gives the same posts. Takes time linear in the length of the text. Immutable.
 */
public final class BuiltinSplitter {

    /** The least length of a post, in code points: a numbered post of a long thread has still room for a word. */
    public static final int SHORTEST_POST = 20;

    private static final String CUT = "…";

    private final int longestPost;

    /** @param longestPost code points of a post, at least {@value #SHORTEST_POST} */
    public BuiltinSplitter(int longestPost) {
        if (longestPost < SHORTEST_POST) {
            throw new IllegalArgumentException("a post of at most " + longestPost + " code points is too short, "
                    + SHORTEST_POST + " is the least");
        }
        this.longestPost = longestPost;
    }

    /**
     * Splits a text.
     *
     * @return the posts in order; none if the text is blank
     * @throws IllegalArgumentException if the text is so long (tens of millions of code points at the shortest length)
     *     that the numbers alone would fill a post
     */
    public List<Tweet> split(String text) {
        return split(List.of(text));
    }

    /**
     * Splits what somebody has already divided into posts: each part begins a post of its own and is split like a text if it
     * is too long for one.
     *
     * @return the posts in order; none of parts that are blank
     * @throws IllegalArgumentException as for one text
     */
    public List<Tweet> split(List<String> parts) {
        List<Boundaries> texts = parts.stream()
                .map(Boundaries::of)
                .filter(text -> text.skipBlank(0) < text.end())
                .toList();
        if (texts.isEmpty()) {
            return List.of();
        }
        if (texts.size() == 1 && fitsIntoOne(texts.getFirst())) {
            Boundaries only = texts.getFirst();
            return List.of(new Tweet(1, 1, only.text(only.skipBlank(0), only.end())));
        }
        // The prefix holds the total, so the total's digits are guessed and the guess is raised until it holds.
        int digits = 1;
        List<String> passages = passages(texts, digits);
        while (passages.isEmpty()) {
            digits++;
            passages = passages(texts, digits);
        }
        return numbered(passages);
    }

    private boolean fitsIntoOne(Boundaries text) {
        return text.reach(text.skipBlank(0), longestPost) == text.end();
    }

    /** The passages of a thread whose total has so many digits; none if they are more than that. */
    private List<String> passages(List<Boundaries> texts, int digits) {
        List<String> passages = new ArrayList<>();
        for (Boundaries text : texts) {
            PassageCutter cutter = new PassageCutter(text, CUT);
            while (!cutter.isDone()) {
                String number = String.valueOf(passages.size() + 1);
                if (number.length() > digits) {
                    return List.of();
                }
                passages.add(cutter.next(longestPost - number.length() - digits - "/ ".length()));
            }
        }
        return passages;
    }

    private static List<Tweet> numbered(List<String> passages) {
        int total = passages.size();
        List<Tweet> tweets = new ArrayList<>(total);
        for (String passage : passages) {
            int number = tweets.size() + 1;
            tweets.add(new Tweet(number, total, number + "/" + total + " " + passage));
        }
        return List.copyOf(tweets);
    }
}
