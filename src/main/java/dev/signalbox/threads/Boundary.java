package dev.signalbox.threads;

/** What lies between two neighbouring characters, from the worst to the best place to end a post. */
enum Boundary {
    /** The inside of a grapheme cluster, or the far side of white space. */
    NONE,
    /** Two characters of one word. */
    CLUSTER,
    /** The parts of a compound or an address: {@code well-|known}, {@code /path/|file}. */
    JOINT,
    /** White space between what is read as one: {@code Dr.| Smith}. */
    TIGHT,
    /** White space, or two characters of a script that is written without it. */
    WORD,
    /** The end of a part of a sentence. */
    CLAUSE,
    /** A line break. Below {@link #SENTENCE} because many texts are wrapped at a fixed width. */
    LINE,
    /** The end of a sentence. */
    SENTENCE,
    /** A blank line, or the end of the text. */
    PARAGRAPH;

    /** Whether a post that ends here ends in the middle of a word, which has to be seen. */
    boolean partsWord() {
        return this == CLUSTER || this == JOINT || this == NONE;
    }

    /**
     * Whether what follows, up to the next boundary of this strength, is worth an early end of a post if that keeps it
     * in one piece. A clause is not: {@code "Well, …"} would make a post of one word.
     */
    boolean keepsNextWhole() {
        return this != CLAUSE && this != JOINT;
    }
}
