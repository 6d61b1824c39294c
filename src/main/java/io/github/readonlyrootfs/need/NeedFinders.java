package io.github.readonlyrootfs.need;

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
            new CodeFinder());

    private NeedFinders() {}

    /** Their names, in the order in which they are asked. */
    public static List<String> names() {
        return ALL.stream().map(NeedFinder::name).toList();
    }

    static List<NeedFinder> named(Set<String> names) {
        return ALL.stream().filter(finder -> names.contains(finder.name())).toList();
    }
}
