package dev.signalbox.articles.text;

import dev.signalbox.articles.text.Line.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one text of the lines of an article. */
final class Prose {

    /** A title that is repeated stands above the text. */
    private static final int LINES_ABOVE = 3;

    private Prose() {}

    /** @param title is not repeated in the text */
    static String of(List<Line> lines, Optional<String> title) {
        List<Line> worded = new ArrayList<>();
        boolean isLeftOut = false;
        boolean startsParagraph = false;
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            isLeftOut = line.is(Kind.GAP)
                    || Boilerplate.isLabel(line.text())
                    || (line.is(Kind.HEADING)
                            && (isOfNothing(lines, i) || (worded.size() < LINES_ABOVE && isTitle(line, title))));
            startsParagraph |= line.startsParagraph();
            if (!isLeftOut) {
                worded.add(new Line(line.kind(), startsParagraph, line.text()));
                startsParagraph = false;
            }
        }
        return joined(worded);
    }

    /** Whether what stood under it was left out: the related stories, the form of the newsletter. */
    private static boolean isOfNothing(List<Line> lines, int heading) {
        int next = heading + 1;
        while (next < lines.size() && lines.get(next).is(Kind.GAP)) {
            next++;
        }
        return next == lines.size() || (next > heading + 1 && lines.get(next).is(Kind.HEADING));
    }

    private static boolean isTitle(Line line, Optional<String> title) {
        return title.filter(known -> SiteNames.letters(known).equals(SiteNames.letters(line.text())))
                .isPresent();
    }

    private static String joined(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            if (!text.isEmpty()) {
                text.append(line.startsParagraph() ? "\n\n" : "\n");
            }
            text.append(line.text());
        }
        return text.toString();
    }
}
