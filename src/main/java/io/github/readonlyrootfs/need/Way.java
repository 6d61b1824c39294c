package io.github.readonlyrootfs.need;

/**
 * How a command comes to run.
 *
 * @param certain whether it does whenever the container starts
 * @param last whether the start has failed if it does
 * @param depth how many scripts run each other
 */
record Way(boolean certain, boolean last, int depth) {

    /** What the container starts itself. */
    static final Way START = new Way(true, true, 0);

    private static final int MAX_DEPTH = 8;

    Way perhaps() {
        return new Way(false, false, depth);
    }

    Way before() {
        return new Way(certain, false, depth);
    }

    /** The start fails if the command does, whatever stands behind it. */
    Way decisive() {
        return new Way(certain, certain, depth);
    }

    Way deeper() {
        return new Way(certain, last, depth + 1);
    }

    /** Scripts that run each other deeper than that are not gone through. */
    boolean isFollowed() {
        return depth <= MAX_DEPTH;
    }
}
