package io.github.readonlyrootfs.rule;

import java.util.List;

/** All rules. */
public final class Rules {

    private Rules() {}

    public static List<String> ids() {
        return List.of(
                "invalid-dockerfile",
                "invalid-task-definition",
                "root-not-read-only",
                "path-not-writable",
                "path-not-permitted",
                "mount-not-usable");
    }
}
