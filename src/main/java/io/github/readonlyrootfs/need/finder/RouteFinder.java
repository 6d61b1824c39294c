// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.bytecode.path.CamelEndpoint;
import io.github.readonlyrootfs.bytecode.path.Injection;
import io.github.readonlyrootfs.configuration.RouteFiles;
import io.github.readonlyrootfs.configuration.RouteFiles.Endpoint;
import io.github.readonlyrootfs.configuration.RouteFiles.Kind;
import io.github.readonlyrootfs.need.CodePath;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/**
 * Finds written paths in files of routes: the directories that Camel and Spring Integration create for a message, and the files
 * that jobs of Spring Batch write.
 */
final class RouteFinder implements NeedFinder {

    private static final LibraryPattern CAMEL = LibraryPattern.parse("org.apache.camel:camel-file");
    private static final LibraryPattern INTEGRATION =
            LibraryPattern.parse("org.springframework.integration:spring-integration-file");
    private static final LibraryPattern BATCH = LibraryPattern.parse("org.springframework.batch:spring-batch-core");

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        if (container.project().isEmpty()) {
            return;
        }
        Libraries libraries = container.libraries();
        boolean camel = libraries.has(CAMEL);
        boolean integration = libraries.has(INTEGRATION);
        boolean batch = libraries.has(BATCH);
        if (!camel && !integration && !batch) {
            return;
        }
        RouteFiles files = RouteFiles.read(container.modules().resources());
        for (Endpoint endpoint : files.endpoints()) {
            switch (endpoint.kind()) {
                case CAMEL_CONSUMER, CAMEL_PRODUCER -> {
                    boolean consumes = endpoint.kind() == Kind.CAMEL_CONSUMER;
                    String says = consumes ? "Camel moves what it has read into .camel there" : "Camel writes there";
                    CamelEndpoint.directory(Text.of(endpoint.uri().value()), consumes)
                            .filter(path -> camel)
                            .ifPresent(path -> new Step(endpoint, says, Impact.FEATURE, container).add(path, found));
                }
                case ADAPTER -> {
                    if (integration) {
                        new Step(endpoint, "Spring Integration writes there", Impact.FEATURE, container)
                                .add(Injection.expression(endpoint.uri().value()), found);
                    }
                }
                case ITEM_WRITER -> {
                    if (batch) {
                        new Step(endpoint, "Spring Batch writes it", CodeFinder.ofJobOutput(libraries), container)
                                .add(Injection.expression(endpoint.uri().value()), found);
                    }
                }
            }
        }
        files.problems()
                .forEach(problem -> found.problem(
                        "the routes in " + problem.location().file(),
                        problem.location().file(),
                        problem));
    }

    /** An endpoint with its impact. */
    private record Step(Endpoint endpoint, String says, Impact impact, ContainerContext container) {

        void add(Text text, FoundNeeds found) {
            Location location = endpoint.uri().location();
            Evidence evidence = found.evidence(endpoint.step() + " (" + says + ")", Optional.of(location));
            Text path = CodePath.of(text, container);
            if (!path.isKnown()) {
                String what = endpoint.kind() == Kind.ITEM_WRITER ? "the file of " : "the directory of ";
                found.gap(Gap.place(what + endpoint.step(), path.unknown().get(), impact, evidence));
                return;
            }
            found.write(path.resolve(container.java().current(), location), path.raw(), impact, true, evidence);
        }
    }
}
