// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.need.NeedFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All the finders there are. */
public final class NeedFinders {

    private static final List<NeedFinder> ALL = List.of(
            new StartCommandFinder(),
            new JvmFinder(),
            new BaseImageFinder(),
            new DependencyFinder(),
            new ConfigurationFinder(),
            new LoggingFinder(),
            new RouteFinder(),
            new CodeFinder(),
            new SourceFinder(),
            new ProgramFinder(),
            // The last one: better evidence for the same path decides what a refused write does.
            new StatedFinder());

    private NeedFinders() {}

    /** Their names, in the order in which they are asked. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (NeedFinder finder : ALL) {
            names.add(finder.name());
        }
        return names;
    }

    static List<NeedFinder> named(Set<String> names) {
        List<NeedFinder> named = new ArrayList<>();
        for (NeedFinder finder : ALL) {
            if (names.contains(finder.name())) {
                named.add(finder);
            }
        }
        return named;
    }
}
