package io.github.readonlyrootfs.image;

/** How a command ends. */
enum Status {
    SUCCESS,
    FAILURE,
    /** It does its work in any build that anybody keeps. */
    ASSUMED_SUCCESS,
    /** It asks a question whose answer the files do not tell. */
    UNKNOWN;

    Status negated() {
        return switch (this) {
            case SUCCESS -> FAILURE;
            case FAILURE -> SUCCESS;
            case ASSUMED_SUCCESS, UNKNOWN -> UNKNOWN;
        };
    }
}
