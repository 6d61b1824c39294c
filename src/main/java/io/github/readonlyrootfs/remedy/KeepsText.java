// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.need.Keeps;

/** Words for what is kept in a path. */
public final class KeepsText {

    private KeepsText() {}

    /** {@code files are kept}. */
    public static String kept(Keeps keeps) {
        return switch (keeps) {
            case DATABASE -> "a database is kept";
            case FILES -> "files are kept";
            case SESSIONS -> "sessions are kept";
            case QUEUE -> "a queue is kept";
        };
    }

    /** Where it is better kept than in the container's files. */
    public static String instead(Keeps keeps) {
        return switch (keeps) {
            case DATABASE -> "use a database service";
            case FILES -> "keep them in S3";
            case SESSIONS -> "keep them in a database or a cache service";
            case QUEUE -> "use a queue service";
        };
    }
}
