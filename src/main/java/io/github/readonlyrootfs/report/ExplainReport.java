package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.rule.CheckedTask;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;

/** Each container's user, mounts and needs in plain text, and why a path can or cannot be written. */
public final class ExplainReport {

    private final CheckedTask task;

    public ExplainReport(CheckedTask task) {
        this.task = task;
    }

    /** Everything about every container, line by line. */
    public List<String> lines() {
        throw new UnsupportedOperationException(task.toString());
    }

    /** Whether each container's user can write one path, and what decides it, line by line. */
    public List<String> lines(ContainerPath path) {
        throw new UnsupportedOperationException(task + " " + path);
    }
}
