package dev.signalbox.threads;

import java.util.ArrayList;
import java.util.List;

/** Takes off the numbers that a model has given to its posts, and what it says before and after numbered ones. */
final class PostNumbers {

    private PostNumbers() {}

    /** The posts; their numbers stay unless all have one, in order: else a number belongs to what is said. */
    static List<String> takenOff(List<PostLine> lines) {
        List<PostLine> posts = joined(lines);
        int size = posts.size();
        int latestStart = size > 1 && posts.getFirst().announces() ? 1 : 0;
        int earliestEnd = size > 2 && isRemark(posts.getLast()) ? size - 1 : size;
        for (int start = 0; start <= latestStart; start++) {
            for (int end = size; end >= earliestEnd; end--) {
                List<PostLine> numbered = posts.subList(start, end);
                // "Two things:" before "1." and "2." is a list, and said to the reader.
                boolean isFramed = start == 0 || numbered.stream().allMatch(PostLine::isCounted);
                boolean isThread = end == size || numbered.size() > 1;
                if (isFramed && isThread && areNumbered(numbered)) {
                    return numbered.stream().map(PostLine::bare).toList();
                }
            }
        }
        return posts.stream().map(PostLine::text).toList();
    }

    private static boolean isRemark(PostLine last) {
        return last.isApart() && !last.isNumbered();
    }

    /** As in <i>1/3 of all caches</i>, one number alone may be something else. */
    private static boolean areNumbered(List<PostLine> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).number() != i + 1) {
                return false;
            }
        }
        return lines.size() != 1 || lines.getFirst().total() <= 1;
    }

    /** Gives each number that has a line of its own to the next line. */
    private static List<PostLine> joined(List<PostLine> lines) {
        if (!areHeadings(lines)) {
            return lines;
        }
        List<PostLine> posts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            PostLine line = lines.get(i);
            if (!line.isNumberAlone()) {
                posts.add(line);
            } else if (i + 1 < lines.size()) {
                i++;
                posts.add(line.before(lines.get(i)));
            }
        }
        return posts;
    }

    /** Whether the lines that are only a number are in order, begin the thread and have something below them. */
    private static boolean areHeadings(List<PostLine> lines) {
        int count = 0;
        int total = 0;
        boolean followsNumber = false;
        for (int i = 0; i < lines.size(); i++) {
            PostLine line = lines.get(i);
            if (line.isNumberAlone()) {
                count++;
                total = line.total();
                boolean isLate =
                        count == 1 && !(i == 0 || (i == 1 && lines.getFirst().announces()));
                if (isLate || followsNumber || line.number() != count) {
                    return false;
                }
            }
            followsNumber = line.isNumberAlone();
        }
        return count > 1 || (count == 1 && total == 1 && !followsNumber);
    }
}
