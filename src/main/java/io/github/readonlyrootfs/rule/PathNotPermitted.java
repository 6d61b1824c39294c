package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.Location;
import java.util.function.Consumer;

/** A needed path is mounted, but owner and mode refuse the container's user. */
final class PathNotPermitted implements Rule {

    @Override
    public String id() {
        return "path-not-permitted";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }

    @Override
    public boolean judgesPaths() {
        return true;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        RefusedNeed.all(task, WriteAccess.NOT_PERMITTED).map(this::finding).forEach(findings);
    }

    private Finding finding(RefusedNeed need) {
        Location location = need.location();
        String message = UserText.of(need.on().runtime().user()) + " cannot write " + need.paths() + ": "
                + ReasonText.of(need.access().reason());
        String help = need.need()
                .advice()
                .orElseGet(() -> Remedy.of(need.on(), location).permit(need.path(), need.access(), need.need()));
        return need.finding(this, location, message, help).as(need.severity());
    }
}
