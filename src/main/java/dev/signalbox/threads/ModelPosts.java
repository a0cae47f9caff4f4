package dev.signalbox.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what a model has written as posts. A model does not always keep to what it was told: thoughts, greetings, numbers,
 * bullets, quotes, fences and JSON are taken off, and what cannot be a thread at all is refused. Takes linear time.
 */
final class ModelPosts {

    private static final int MOST_POSTS = 200;

    /** Longer texts do not fit into one post, in code points. */
    private static final int LONGEST_SOURCE_OF_ONE_POST = 1_000;

    /** Of so many code points one may be U+FFFD: more of them were no text, or were decoded wrongly. */
    private static final int CODE_POINTS_PER_REPLACEMENT = 20;

    private static final char REPLACEMENT = '\uFFFD';
    private static final Pattern FENCE = Pattern.compile("(?:```|~~~).*+");
    private static final String QUOTES = "\"“”„«»";

    /** "Sure!", "Here's your thread:", and both. */
    private static final Pattern PREAMBLE = Pattern.compile(
            "(?:(?:sure|certainly|absolutely|of course|okay|ok)(?: thing)?[!,.]\\s*+)?"
                    + "(?:here(?:['’]s| is| are)|below (?:is|are))\\b.{0,120}\\b(?:thread|posts|tweets)\\b.{0,120}:"
                    + "|(?:sure|certainly|absolutely|of course)(?: thing)?[!.](?:.{0,200}:)?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern REFUSAL = Pattern.compile(
            "(?:(?:i['’]m|i am) (?:really |very |so )?sorry,? but\\b"
                    + "|(?:(?:i['’]m )?sorry, )?(?:but )?i (?:can['’]t|cannot|can not) (?:help\\b(?! but)|assist\\b)"
                    + "|as an ai\\b)",
            Pattern.CASE_INSENSITIVE);

    private ModelPosts() {}

    /**
     * The posts, each without a number and of any length.
     *
     * @param content of a model's answer
     * @param sourceLength how long the text is that the thread is of, in code points
     * @return at least one; empty if this is no thread
     */
    static Optional<List<String>> read(String content, int sourceLength) {
        return Thoughts.cutFrom(ThreadText.of(content).value())
                .filter(text -> !isMarkup(text) && !isGarbage(text))
                .flatMap(ModelPosts::lines)
                .filter(lines -> !lines.isEmpty() && !isRefusal(lines.getFirst()))
                .map(lines -> PostNumbers.takenOff(withoutPreamble(lines)).stream()
                        .map(ModelPosts::unquoted)
                        .filter(ModelPosts::says)
                        .toList())
                .filter(posts -> !posts.isEmpty() && posts.size() <= MOST_POSTS)
                .filter(posts -> posts.size() > 1 || sourceLength <= LONGEST_SOURCE_OF_ONE_POST);
    }

    /** Empty if it is JSON of which no posts can be made. */
    private static Optional<List<PostLine>> lines(String text) {
        List<String> raw = text.lines().map(String::strip).toList();
        String json = core(raw);
        if (ModelJson.isMeantBy(json)) {
            return ModelJson.posts(json)
                    .filter(posts -> !isGarbage(String.join("", posts)))
                    .map(ModelPosts::read);
        }
        return Optional.of(read(raw));
    }

    private static List<PostLine> read(List<String> raw) {
        List<PostLine> lines = new ArrayList<>();
        boolean isApart = false;
        for (String line : raw) {
            if (line.isEmpty()) {
                isApart = true;
            } else if (!FENCE.matcher(line).matches()) {
                PostLine read = PostLine.of(line, isApart);
                // A boxed ten is no digit to Unicode.
                if (says(read.text()) || read.isNumbered()) {
                    lines.add(read);
                    isApart = false;
                }
            }
        }
        return lines;
    }

    /** What is left without greetings, and of a fence behind them only what is inside: where JSON would be. */
    private static String core(List<String> raw) {
        int start = 0;
        while (start < raw.size() && (raw.get(start).isEmpty() || isPreamble(PostLine.of(raw.get(start), false)))) {
            start++;
        }
        int end = raw.size();
        if (start < end && FENCE.matcher(raw.get(start)).matches()) {
            start++;
            end = start;
            while (end < raw.size() && !FENCE.matcher(raw.get(end)).matches()) {
                end++;
            }
        }
        return String.join("\n", raw.subList(start, end)).strip();
    }

    private static List<PostLine> withoutPreamble(List<PostLine> lines) {
        int start = 0;
        while (start < lines.size() && isPreamble(lines.get(start))) {
            start++;
        }
        return lines.subList(start, lines.size());
    }

    private static boolean isPreamble(PostLine line) {
        return PREAMBLE.matcher(line.text()).matches();
    }

    private static boolean isRefusal(PostLine line) {
        return REFUSAL.matcher(unquoted(line.text())).lookingAt();
    }

    /** What a proxy or a confused server sends in place of an answer. */
    private static boolean isMarkup(String text) {
        return text.startsWith("<!") || text.startsWith("<html");
    }

    private static boolean isGarbage(String text) {
        long replacements = text.chars().filter(c -> c == REPLACEMENT).count();
        return replacements * CODE_POINTS_PER_REPLACEMENT > text.codePointCount(0, text.length());
    }

    private static String unquoted(String line) {
        String post = line.strip();
        boolean isQuoted = post.length() > 1 && isQuote(post.charAt(0)) && isQuote(post.charAt(post.length() - 1));
        boolean isQuotedOnce =
                isQuoted && post.chars().filter(c -> isQuote((char) c)).count() == 2;
        return isQuotedOnce ? post.substring(1, post.length() - 1).strip() : post;
    }

    private static boolean isQuote(char c) {
        return QUOTES.indexOf(c) >= 0;
    }

    /** A line of nothing but signs is a rule or noise. */
    private static boolean says(String post) {
        return post.codePoints().anyMatch(Character::isLetterOrDigit);
    }
}
