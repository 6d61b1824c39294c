// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import java.util.ArrayList;
import java.util.List;

/**
 * A Micronaut application's configuration: command line over system properties over the environment over
 * {@code application-<environment>} files over {@code application} files. What Micronaut calls environments are profiles
 * here. Those that it finds out by itself, such as {@code ec2}, nobody can know before it runs.
 */
public final class MicronautConfiguration {

    private static final List<String> EXTENSIONS = List.of("json", "yaml", "yml", "properties");

    private MicronautConfiguration() {}

    /** Reads what an application that is started so sees. */
    public static ApplicationConfiguration read(ConfigurationFiles files, Launch launch) {
        List<List<ProfileDocument>> groups = new ArrayList<>();
        for (String name : List.of("bootstrap", "application")) {
            groups.add(FileGroup.find(files, List.of("", "config/"), name, EXTENSIONS)
                    .documents());
        }
        return Layers.merge(
                groups,
                List.of(launch.options(), launch.properties(), launch.variables()),
                launch.incomplete(),
                settings -> Profiles.named(settings, "micronaut.environments", List.of()));
    }
}
