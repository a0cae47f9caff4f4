package dev.signalbox.threads;

/** The least and the greatest value of a setting. */
record Bounds(int least, int greatest) {

    /** Reads a number within them. */
    int read(String value) {
        String text = value.strip();
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= greatest) {
                return number;
            }
        }
        throw new IllegalArgumentException("expected a number from " + least + " to " + greatest);
    }
}
