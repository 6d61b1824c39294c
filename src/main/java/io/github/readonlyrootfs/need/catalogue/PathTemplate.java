// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path in the syntax of the catalogue: absolute, or below one of the directories of {@link Base}, such as
 * <code>{tmpdir}/kafka-streams</code>.
 */
public record PathTemplate(Base base, String rest) {

    private static final Pattern FORM = Pattern.compile("(?:\\{([a-z.-]+)})?((?:/[\\w.?-]++)*+)");

    /** The directory from which a path starts. */
    enum Base {
        ROOT("", "in", "/") {
            @Override
            public Value<ContainerPath> in(Application application) {
                return known(ContainerPath.ROOT, application);
            }
        },
        TMPDIR("tmpdir", "below", "java.io.tmpdir") {
            @Override
            public Value<ContainerPath> in(Application application) {
                return application.container().application().temporary();
            }
        },
        HOME("home", "below", "user.home") {
            @Override
            public Value<ContainerPath> in(Application application) {
                return application.container().java().home();
            }
        },
        WORKDIR("workdir", "in", "the working directory") {
            @Override
            public Value<ContainerPath> in(Application application) {
                return application.container().java().current();
            }
        },
        CATALINA_BASE("catalina.base", "below", "catalina.base") {
            @Override
            public Value<ContainerPath> in(Application application) {
                return path(application.container().application().property("catalina.base"), application);
            }
        },
        /** As in the XDG base directory specification. */
        USER_CACHE("user-cache", "below", "XDG_CACHE_HOME or user.home/.cache") {
            @Override
            public Value<ContainerPath> in(Application application) {
                return xdg("XDG_CACHE_HOME", ".cache", application);
            }
        },
        USER_CONFIG("user-config", "below", "XDG_CONFIG_HOME or user.home/.config") {
            @Override
            public Value<ContainerPath> in(Application application) {
                return xdg("XDG_CONFIG_HOME", ".config", application);
            }
        };

        private final String name;
        private final String preposition;
        private final String words;

        Base(String name, String preposition, String words) {
            this.name = name;
            this.preposition = preposition;
            this.words = words;
        }

        public abstract Value<ContainerPath> in(Application application);

        private static Base named(String name) {
            for (Base base : values()) {
                if (base.name.equals(name)) {
                    return base;
                }
            }
            throw new IllegalArgumentException("no directory is called {" + name + "}");
        }

        private static Value<ContainerPath> xdg(String variable, String otherwise, Application application) {
            Value<String> set = application.container().environment().get(variable);
            return set.isAbsent() ? HOME.in(application).map(home -> home.resolve(otherwise)) : path(set, application);
        }
    }

    public static PathTemplate parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches() || text.isBlank()) {
            throw new IllegalArgumentException("not a path: " + text);
        }
        String base = matcher.group(1);
        String rest = matcher.group(2);
        return new PathTemplate(Base.named(base == null ? "" : base), rest.isEmpty() ? "" : rest.substring(1));
    }

    public Value<ContainerPath> in(Application application) {
        return base.in(application).map(directory -> directory.resolve(rest));
    }

    /** The name of the directory: {@code java.io.tmpdir}. */
    String words() {
        return base == Base.ROOT ? "/" + rest : base.words;
    }

    /** Whether options of the JVM can change it. */
    boolean isOfJvm() {
        return base == Base.TMPDIR || base == Base.HOME;
    }

    /** The name with a preposition: {@code below java.io.tmpdir}. */
    String place() {
        return base.preposition + " " + words();
    }

    /** A path that a setting may write as a URL. */
    public static String withoutScheme(String path) {
        String rest = path.startsWith("file:") ? path.substring("file:".length()) : path;
        return rest.length() < path.length() && rest.startsWith("//") ? rest.substring("//".length()) : rest;
    }

    /** The path that a setting names; a relative one starts in the directory of the JVM. */
    public static Value<ContainerPath> path(Value<String> setting, Application application) {
        return setting.flatMap(known -> {
            // A library that accepts several directories uses the first one too.
            String path = withoutScheme(known.value().strip()).split(",", 2)[0];
            return Text.of(path).resolve(Base.WORKDIR.in(application), known.location());
        });
    }

    private static Value<ContainerPath> known(ContainerPath path, Application application) {
        return new Value.Known<>(
                path, application.container().definition().metadata().nameLocation());
    }
}
