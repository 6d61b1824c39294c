// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database file, as a URL names it, or a directory for uploads or sessions is on storage that is lost when the task
 * ends.
 */
public final class StateOnEphemeralVolume implements ContainerRule {

    /** What settings of applications look like; most containers have none. */
    private static final class Settings {

        /** JDBC's URLs, and SQLAlchemy's and Django's, which have four slashes before an absolute path. */
        static final Pattern FILE_DATABASE = Pattern.compile(
                "(?:jdbc:(?:sqlite:|h2:(?:file:)?|hsqldb:file:|derby:)|sqlite(?:3|\\+\\w+)?:///)(/[\\w./-]+)");

        /**
         * The names of variables and properties for uploads, media or sessions. A key store is not among them: it is
         * created again, or part of the image.
         */
        static final Pattern KEPT_FILES = Pattern.compile(
                "(?i).*(UPLOADS?|MEDIA|SESSIONS?|(?<!KEY)(?<!TRUST)STORE)[_.-]?(DIR(ECTORY)?|PATH|ROOT|FOLDER|LOCATION)");

        static final Pattern DIRECTORY = Pattern.compile("/[\\w./-]+");
    }

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        for (ApplicationSetting setting : ApplicationSetting.of(on)) {
            check(on, setting, findings);
        }
    }

    private void check(JudgedContainer on, ApplicationSetting setting, Consumer<Finding> findings) {
        Matcher database = Settings.FILE_DATABASE.matcher(setting.value());
        if (database.find()) {
            report(on, setting, ContainerPath.of(database.group(1)), "a database", findings);
        } else if (Settings.KEPT_FILES.matcher(setting.name()).matches()
                && Settings.DIRECTORY.matcher(setting.value()).matches()) {
            report(on, setting, ContainerPath.of(setting.value()), "files", findings);
        }
    }

    private void report(
            JudgedContainer on,
            ApplicationSetting setting,
            ContainerPath path,
            String what,
            Consumer<Finding> findings) {
        on.holder(path)
                .filter(StateOnEphemeralVolume::endsWithTheTask)
                .ifPresent(mount -> findings.accept(finding(on, setting, path, mount, what)));
    }

    private static boolean endsWithTheTask(Mount mount) {
        return switch (mount.declaration().kind()) {
            case IMAGE_VOLUME, TASK_VOLUME, TMPFS, ENGINE -> true;
            default -> false;
        };
    }

    private Finding finding(
            JudgedContainer on, ApplicationSetting setting, ContainerPath path, Mount mount, String what) {
        Location location = setting.location();
        String message =
                setting.name() + " keeps " + what + " in " + path + ", on storage that is lost when the task ends";
        String help = "mount an EFS or EBS volume at " + mount.path()
                + (what.equals("files") ? ", or keep them in S3" : ", or use a database service");
        return finding(on, location, message, Remedy.advice(help))
                .at(path)
                .with(List.of(new Finding.Related(
                        "mounted by",
                        mount.path().toString(),
                        mount.declaration().location())));
    }
}
