// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.need.finder.LogFiles;
import io.github.readonlyrootfs.need.finder.LogFiles.LogFile;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.remedy.SharedVolume;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.function.Consumer;

/** A log is sent to a file, which is lost when the task ends. */
public final class LogToFile implements ContainerRule {

    private static final String CONFIGURATION = "containerDefinitions.logConfiguration";

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        for (LogFile file : LogFiles.of(on.container().context())) {
            if (!isShared(on, file.path())) {
                findings.accept(finding(on, remedies, file));
            }
        }
    }

    /** Another container that mounts the same volume may read the log there. */
    private static boolean isShared(JudgedContainer on, ContainerPath path) {
        return on.holder(path)
                .flatMap(mount -> SharedVolume.sharers(on, mount).findAny())
                .isPresent();
    }

    private static String driver(JudgedContainer on, Remedies remedies) {
        return "`"
                + remedies.editor()
                        .writer(on.container().definition().metadata().location())
                        .member(CONFIGURATION + ".logDriver", Fragment.of("awslogs"))
                + "` and its options";
    }

    private Finding finding(JudgedContainer on, Remedies remedies, LogFile file) {
        boolean driver = on.container().definition().logging().configured();
        boolean redirection = file.setting().equals(">");
        String message = (redirection ? "a redirection" : file.setting()) + " sends the log to " + file.path()
                + (driver
                        ? ", although a log driver takes the container's output"
                        : ", and container " + on.name() + " has no "
                                + on.task().key(CONFIGURATION) + " for its output");
        String help = "remove " + (redirection ? "the redirection" : "`" + file.setting() + "`")
                + " to send the log to the container's output"
                + (driver ? "" : "; add a `" + on.task().key(CONFIGURATION) + "` for it, with " + driver(on, remedies));
        return finding(on, file.location(), message, Remedy.advice(help)).at(file.path());
    }
}
