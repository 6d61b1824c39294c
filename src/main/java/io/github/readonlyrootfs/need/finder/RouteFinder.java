// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.bytecode.CamelEndpoint;
import io.github.readonlyrootfs.bytecode.PathText;
import io.github.readonlyrootfs.configuration.RouteFiles;
import io.github.readonlyrootfs.configuration.RouteFiles.Endpoint;
import io.github.readonlyrootfs.need.CodePath;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.UnresolvedNeed;
import io.github.readonlyrootfs.need.catalogue.Libraries;
import io.github.readonlyrootfs.need.catalogue.LibraryPattern;
import io.github.readonlyrootfs.need.start.Argument;
import io.github.readonlyrootfs.need.start.Command;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/** The directories that files of routes name: Camel and Spring Integration make them, when a message comes. */
final class RouteFinder implements NeedFinder {

    private static final LibraryPattern CAMEL = LibraryPattern.parse("org.apache.camel:camel-file");
    private static final LibraryPattern INTEGRATION =
            LibraryPattern.parse("org.springframework.integration:spring-integration-file");

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        if (container.project().isEmpty()) {
            return;
        }
        Libraries libraries =
                Libraries.of(container.project().get().dependencies().get());
        boolean camel = libraries.has(CAMEL);
        boolean integration = libraries.has(INTEGRATION);
        if (!camel && !integration) {
            return;
        }
        RouteFiles files = RouteFiles.read(container.modules().resources());
        for (Endpoint endpoint : files.endpoints()) {
            switch (endpoint.kind()) {
                case CAMEL_CONSUMER, CAMEL_PRODUCER -> {
                    boolean consumes = endpoint.kind() == RouteFiles.Kind.CAMEL_CONSUMER;
                    String says = consumes ? "Camel moves what it has read into .camel there" : "Camel writes there";
                    CamelEndpoint.directory(PathText.literal(endpoint.uri().value()), consumes)
                            .filter(path -> camel)
                            .ifPresent(path -> add(path, endpoint, says, container, found));
                }
                case ADAPTER -> {
                    if (integration) {
                        PathText path = PathText.withPlaceholders(endpoint.uri().value());
                        add(path, endpoint, "Spring Integration writes there", container, found);
                    }
                }
            }
        }
        files.problems()
                .forEach(problem -> found.unresolved(UnresolvedNeed.writes(
                        "the routes in " + problem.location().file(),
                        problem.message(),
                        found.evidence(problem.location().file(), Optional.of(problem.location())))));
    }

    private static void add(
            PathText text, Endpoint endpoint, String says, ContainerContext container, FoundNeeds found) {
        Location location = endpoint.uri().location();
        Evidence evidence = found.evidence(endpoint.step() + " (" + says + ")", Optional.of(location));
        CodePath path = CodePath.of(text, container, location);
        if (path.unknown().isPresent()) {
            found.unresolved(new UnresolvedNeed(
                    "the directory of " + endpoint.step(), path.unknown().get(), Impact.FEATURE, evidence));
            return;
        }
        found.write(
                Command.path(
                        Argument.of(path.text(), location), container.java().current()),
                path.text(),
                Impact.FEATURE,
                true,
                evidence);
    }
}
