package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A database file, as a JDBC URL names it, lies on storage that ends with the task. */
final class StateOnEphemeralVolume implements Rule {

    private static final Pattern FILE_DATABASE =
            Pattern.compile("jdbc:(?:sqlite:|h2:(?:file:)?|hsqldb:file:|derby:)(/[\\w./-]+)");

    @Override
    public String id() {
        return "state-on-ephemeral-volume";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.INFO;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        JudgedContainer.linux(task).forEach(on -> Setting.of(on).forEach(setting -> check(on, setting, findings)));
    }

    private void check(JudgedContainer on, Setting setting, Consumer<Finding> findings) {
        Matcher matcher = FILE_DATABASE.matcher(setting.value());
        if (matcher.find()) {
            ContainerPath path = ContainerPath.of(matcher.group(1));
            on.holder(path)
                    .filter(StateOnEphemeralVolume::endsWithTheTask)
                    .ifPresent(mount -> findings.accept(finding(on, setting, path, mount)));
        }
    }

    private static boolean endsWithTheTask(Mount mount) {
        return switch (mount.kind()) {
            case IMAGE_VOLUME, TASK_VOLUME, TMPFS, ENGINE -> true;
            default -> false;
        };
    }

    private Finding finding(JudgedContainer on, Setting setting, ContainerPath path, Mount mount) {
        Location location = setting.location();
        String message = setting.name() + " keeps a database in " + path + ", on storage that ends with the task";
        String help = "mount an EFS or EBS volume at " + mount.path() + ", or use a database service";
        return on.finding(this, location, message, help)
                .at(path)
                .with(List.of(new Finding.Related("mounted by", mount.path().toString(), mount.location())));
    }
}
