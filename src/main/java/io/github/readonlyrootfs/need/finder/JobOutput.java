// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.LibraryPattern;

/** What the steps of batch jobs write. */
final class JobOutput {

    private static final LibraryPattern SERVERS = LibraryPattern.parse(
            "org.springframework:spring-webmvc | org.springframework:spring-webflux | org.glassfish.jersey.core:jersey-server");

    private JobOutput() {}

    /** Without a web server, the job is what the container is there for; with one, it is one of the things that it does. */
    static Impact impact(Libraries libraries) {
        return libraries.mayHave(SERVERS) ? Impact.FEATURE : Impact.FATAL;
    }
}
