// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.configuration.file.Resources;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds what may name written paths and is not read: routes of Apache Camel, and in Spring's XML the adapters of Spring
 * Integration, the item writers of Spring Batch, and the beans of an application without Spring Boot.
 */
final class RouteFinder implements NeedFinder {

    private static final LibraryPattern INTEGRATION =
            LibraryPattern.parse("org.springframework.integration:spring-integration-file");
    private static final LibraryPattern BATCH = LibraryPattern.parse("org.springframework.batch:spring-batch-core");

    /** An endpoint of files in Camel's XML or YAML. */
    private static final Pattern ENDPOINT = Pattern.compile("(?:uri|from|to)[\"']?\\s*[:=]\\s*[\"']?file:");

    /** Where most projects keep such files. */
    private static final List<String> DIRECTORIES =
            List.of("", "camel/", "camel-rest/", "routes/", "spring/", "META-INF/spring/", "integration/");

    private static final List<String> READERS_OF_BEANS = List.of(
            "org.springframework.context.support.ClassPathXmlApplicationContext",
            "org.springframework.context.annotation.ImportResource");

    /** What adds routes that are data. */
    private static final List<String> READERS_OF_ROUTES = List.of(
            "org.apache.camel.addRouteDefinition*",
            "org.apache.camel.loadRoutesDefinition*",
            "org.apache.camel.spi.RoutesLoader.loadRoutes*");

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        if (container.application().project().isEmpty()) {
            return;
        }
        Libraries libraries = container.application().libraries();
        boolean camel = libraries.has(CamelEndpoint.LIBRARY);
        for (String reader : READERS_OF_BEANS) {
            if (container.application().code().mentions(reader)) {
                unread("the files of beans in Spring's XML", Impact.FATAL, reader, Optional.empty(), found);
            }
        }
        for (String reader : libraries.mayHave(CamelEndpoint.LIBRARY) ? READERS_OF_ROUTES : List.<String>of()) {
            if (container.application().code().mentions(reader)) {
                String call = reader.replaceAll(".*\\.|\\*", "");
                unread("the files of the routes that " + call + " adds", Impact.FATAL, reader, Optional.empty(), found);
            }
        }
        if (!camel && !libraries.mayHave(INTEGRATION) && !libraries.mayHave(BATCH)) {
            return;
        }
        Resources resources = container.application().modules().resources();
        for (String directory : DIRECTORIES) {
            for (String name : resources.names(directory)) {
                if (name.matches(".*\\.(?:xml|ya?ml)")) {
                    Optional<SourceFile> file = read(resources, name);
                    String text = file.map(SourceFile::text).orElse("");
                    Optional<Location> place = file.map(it -> Location.of(it.name()));
                    String what = "the files that " + name + " names";
                    if (text.contains("int-file:outbound")
                            || (camel && ENDPOINT.matcher(text).find())) {
                        unread(what, Impact.FEATURE, name, place, found);
                    } else if (libraries.has(BATCH) && text.contains("ItemWriter\"")) {
                        unread(what, CodeFinder.ofJobOutput(container), name, place, found);
                    }
                }
            }
        }
    }

    private static Optional<SourceFile> read(Resources resources, String name) {
        try {
            return resources.read(name);
        } catch (UnreadableSourceException e) {
            return Optional.empty();
        }
    }

    private static void unread(String what, Impact impact, String detail, Optional<Location> place, FoundNeeds found) {
        found.gap(Gap.place(what, "this check does not read them", impact, found.evidence(detail, place)));
    }
}
