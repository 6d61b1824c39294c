package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.Location;
import java.util.function.Consumer;

/** A needed path lies on the read-only root, or on a read-only mount. */
final class PathNotWritable implements Rule {

    @Override
    public String id() {
        return "path-not-writable";
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
        RefusedNeed.all(task, WriteAccess.READ_ONLY).map(this::finding).forEach(findings);
    }

    private Finding finding(RefusedNeed need) {
        Access access = need.access();
        if (access.mount().isPresent()) {
            Location location = need.location();
            String help =
                    Remedy.of(need.on(), location).makeWritable(access.mount().get(), need.path());
            return finding(need, ReasonText.of(access.reason()), help, location);
        }
        return NearMiss.of(need).map(miss -> nearMiss(need, miss)).orElseGet(() -> {
            Location location = need.location();
            return finding(need, ReasonText.of(access.reason()), mount(need, location), location);
        });
    }

    private Finding nearMiss(RefusedNeed need, NearMiss miss) {
        Remedy remedy = Remedy.of(need.on(), miss.location());
        String owned = miss.volume()
                .map(volume -> remedy.andOwn(volume, miss.location()))
                .orElse("");
        String help = miss.help().map(edit -> edit + owned).orElseGet(() -> mount(need, miss.location()));
        return finding(need, miss.reason(), help, miss.location());
    }

    private static String mount(RefusedNeed need, Location reader) {
        return Remedy.of(need.on(), reader).mount(need.path(), need.need());
    }

    private Finding finding(RefusedNeed need, String reason, String help, Location location) {
        String message = UserText.of(need.on().runtime().user()) + " cannot write " + need.paths() + ": " + reason;
        return need.finding(this, location, message, need.need().advice().orElse(help))
                .as(need.severity());
    }
}
