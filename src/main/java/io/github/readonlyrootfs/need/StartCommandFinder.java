package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.Need.Impact;

/** What the words of a container's command certainly mean to be written. */
final class StartCommandFinder implements NeedFinder {

    @Override
    public String name() {
        return "start-command";
    }

    @Override
    public void find(ContainerContext container, Found found) {
        for (Redirection redirection : container.start().redirections()) {
            if (redirection.certain()) {
                found.write(
                        redirection.path(),
                        "the file that output is sent to",
                        redirection.stops() ? Impact.FATAL : Impact.FEATURE,
                        found.evidence(
                                "the shell sends output there",
                                java.util.Optional.of(redirection.target().location())));
            }
        }
        container.start().scripts().forEach(found::source);
    }
}
