package dev.signalbox.articles.text;

/** How much of what stands in an element. Weights are as in {@link TextWeight}. */
final class Measure {

    /** Shorter lines are buttons, names and dates. */
    private static final int LEAST_PROSE = 25;

    /** Prose has a mark of punctuation at least so often; lists of names and headlines have fewer. */
    private static final int WEIGHT_OF_A_CLAUSE = 60;

    private static final double UNPUNCTUATED_RATIO = 0.2;

    private int ownWeight;
    private int ownLinkWeight;
    private int ownMarks;
    private int weight;
    private int linkWeight;
    private double prose;

    void add(String text, boolean isLink) {
        int added = TextWeight.of(text);
        ownWeight += added;
        ownLinkWeight += isLink ? added : 0;
        ownMarks += marks(text);
    }

    private static int marks(String text) {
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            marks += switch (text.charAt(i)) {
                case '.',
                        ',',
                        ';',
                        ':',
                        '!',
                        '?',
                        '、',
                        '。',
                        '，',
                        '．',
                        '！',
                        '？',
                        '：',
                        '；',
                        '،',
                        '؟',
                        '؛',
                        '।',
                        '·',
                        '׃' -> 1;
                default -> 0;
            };
        }
        return marks;
    }

    /** Counts what stands in the element itself, once all of that is added. */
    void close() {
        weight += ownWeight;
        linkWeight += ownLinkWeight;
        if (ownWeight >= LEAST_PROSE) {
            int free = ownWeight - ownLinkWeight;
            double punctuated = UNPUNCTUATED_RATIO + (double) WEIGHT_OF_A_CLAUSE * ownMarks / ownWeight;
            prose += free * (double) free / ownWeight * Math.min(1, punctuated);
        }
    }

    /** Counts what stands in an element inside. */
    void add(Measure inner) {
        weight += inner.weight;
        linkWeight += inner.linkWeight;
        prose += inner.prose;
    }

    int weight() {
        return weight;
    }

    /** How much of it is sentences: its weight, less what is in links or lacks punctuation. */
    double prose() {
        return prose;
    }

    /** How much of it is in links, 0 to 1. */
    double linkRatio() {
        return weight == 0 ? 0 : (double) linkWeight / weight;
    }
}
