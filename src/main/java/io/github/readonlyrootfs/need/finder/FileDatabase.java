// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.need.JavaDirectories;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database in files of the container, from a JDBC or R2DBC URL or that of another language's SQLite; not a database in memory, on a server, or opened for reading
 * only.
 *
 * @param path of the file without the extensions that the engine adds; begins with {@code ~/} in the user's home
 */
record FileDatabase(Engine engine, String path) {

    /**
     * The embedded engines. Whether they create missing directories was measured with H2 2.3.232, HSQLDB
     * 2.7.4, Derby 10.16.1.1 and SQLite JDBC 3.47.1.0; DuckDB's documentation says that it does not.
     */
    enum Engine {
        H2("H2", "com.h2database:h2", ".mv.db", true),
        HSQLDB("HSQLDB", "org.hsqldb:hsqldb", ".log", true),
        /** Its path is a directory. */
        DERBY("Derby", "org.apache.derby:derby", "", true),
        SQLITE("SQLite", "org.xerial:sqlite-jdbc", "", false),
        DUCKDB("DuckDB", "org.duckdb:duckdb_jdbc", "", false);

        private final String title;
        private final String library;
        private final String extension;
        private final boolean createsDirectories;

        Engine(String title, String library, String extension, boolean createsDirectories) {
            this.title = title;
            this.library = library;
            this.extension = extension;
            this.createsDirectories = createsDirectories;
        }

        String title() {
            return title;
        }

        LibraryPattern library() {
            return LibraryPattern.parse(library);
        }

        /** The extension that it adds to the path. */
        String extension() {
            return extension;
        }

        boolean createsDirectories() {
            return createsDirectories;
        }
    }

    /** Drivers that wrap another one: {@code jdbc:p6spy:h2:…}. */
    private static final Pattern WRAPPER =
            Pattern.compile("jdbc:(?:p6spy|log4jdbc|otel|opentracing|tracing|datasource-proxy):(?!//)(.*)");

    /** A URL as SQLAlchemy, Django and Prisma have it, with an absolute path: what a relative one starts from differs. */
    private static final Pattern ABSOLUTE_SQLITE =
            Pattern.compile("(?:sqlite(?:3|\\+\\w+)?:///(?=/)|file:(?=/(?!/).+\\.(?:db|sqlite3?)(?:\\?|$)))([^?]+).*");

    private static final Pattern URL =
            Pattern.compile("(?:jdbc|r2dbc(?:s)?(?::pool)?):([a-z0-9]+):(.*)", Pattern.DOTALL);

    /** A path that H2 accepts; it rejects {@code jdbc:h2:test}. A drive of Windows is a directory of that name. */
    private static final Pattern H2_PATH = Pattern.compile(
            "(?:nio:|async:|split:(?:\\d+:)?|raf:)*+((?:/|\\./|~/|\\.\\./|[A-Za-z]:/|" + Text.HOLE + ").*)");

    private static final Pattern H2_REMOTE =
            Pattern.compile("(?:mem|tcp|ssl|zip|jar|classpath|nioMemFS|memFS|memLZF).*");

    /** The database of a URL; empty if it is not a file that is written. */
    static Optional<FileDatabase> parse(String url) {
        String unwrapped = url.strip();
        Matcher wrapper = WRAPPER.matcher(unwrapped);
        if (wrapper.matches()) {
            unwrapped = "jdbc:" + wrapper.group(1);
        }
        Matcher absolute = ABSOLUTE_SQLITE.matcher(unwrapped);
        if (absolute.matches()) {
            return Optional.of(new FileDatabase(Engine.SQLITE, absolute.group(1)));
        }
        Matcher matcher = URL.matcher(unwrapped);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group(2);
        boolean reactive = unwrapped.startsWith("r2dbc");
        Optional<FileDatabase> database = switch (matcher.group(1)) {
            case "h2" -> reactive ? reactiveH2(rest) : h2(rest);
            case "hsqldb" -> hsqldb(rest);
            case "derby" -> derby(rest);
            case "sqlite" -> sqlite(rest);
            case "duckdb" -> duckdb(rest);
            default -> Optional.empty();
        };
        return database.isPresent() && database.get().path().isBlank() ? Optional.empty() : database;
    }

    private static Optional<FileDatabase> h2(String rest) {
        String path = before(rest, ';');
        if (H2_REMOTE.matcher(path).matches()
                || option(rest, "access_mode_data").equals("r")) {
            return Optional.empty();
        }
        Matcher matcher = H2_PATH.matcher(path.startsWith("file:") ? path.substring("file:".length()) : path);
        return matcher.matches() ? Optional.of(new FileDatabase(Engine.H2, matcher.group(1))) : Optional.empty();
    }

    /** {@code r2dbc:h2:file:///data/x} and {@code r2dbc:h2:file://./x}; the other protocol is {@code mem}. */
    private static Optional<FileDatabase> reactiveH2(String rest) {
        String path = before(before(rest, ';'), '?');
        return path.startsWith("file://")
                ? Optional.of(new FileDatabase(Engine.H2, path.substring("file://".length())))
                : Optional.empty();
    }

    private static Optional<FileDatabase> hsqldb(String rest) {
        String path = before(rest, ';');
        boolean elsewhere = List.of("mem:", "res:", "hsql:", "hsqls:", "http:", "https:").stream()
                .anyMatch(path.toLowerCase(Locale.ROOT)::startsWith);
        return elsewhere || path.equals(".") || option(rest, "readonly").equals("true")
                ? Optional.empty()
                : Optional.of(new FileDatabase(Engine.HSQLDB, path.replaceFirst("^file:", "")));
    }

    private static Optional<FileDatabase> derby(String rest) {
        String path = before(rest, ';');
        boolean elsewhere = path.startsWith("//")
                || List.of("memory:", "classpath:", "jar:").stream().anyMatch(path::startsWith);
        return elsewhere
                ? Optional.empty()
                : Optional.of(new FileDatabase(Engine.DERBY, path.replaceFirst("^directory:", "")));
    }

    private static Optional<FileDatabase> sqlite(String rest) {
        String path = before(rest, '?').replaceFirst("^file:(?://)?", "");
        String parameters = rest.substring(before(rest, '?').length());
        boolean memory = path.startsWith(":") || parameters.contains("mode=memory");
        boolean reading = parameters.contains("mode=ro")
                || parameters.contains("immutable=1")
                || parameters.contains("open_mode=1");
        return memory || reading ? Optional.empty() : Optional.of(new FileDatabase(Engine.SQLITE, path));
    }

    private static Optional<FileDatabase> duckdb(String rest) {
        String path = before(rest, ';');
        boolean elsewhere = path.startsWith(":") || path.startsWith("md:") || path.startsWith("motherduck:");
        return elsewhere || option(rest, "duckdb.read_only").equals("true")
                ? Optional.empty()
                : Optional.of(new FileDatabase(Engine.DUCKDB, path));
    }

    /**
     * The path that must be writable.
     *
     * @param url that has its path
     * @param location of the URL
     */
    WrittenPath.Target target(JavaDirectories java, Text url, Location location) {
        boolean atHome = path.startsWith("~/");
        String file = atHome ? path.substring(2) : path;
        WrittenPath written = new WrittenPath(
                url.with(file + engine.extension()),
                engine.createsDirectories(),
                atHome ? java.home() : java.current(),
                location);
        return engine.extension().isEmpty() && engine.createsDirectories() ? written.directory() : written.file();
    }

    /**
     * Whether it is there: SQLite opens a file that it cannot write for reading only, and the start goes on unless it writes.
     *
     * @param at its path
     */
    boolean opensWithoutWriting(Value<ContainerPath> at, ImageFileSystem files) {
        return engine == Engine.SQLITE
                && at.known().filter(path -> files.at(path).isFile()).isPresent();
    }

    private static String before(String text, char end) {
        int index = text.indexOf(end);
        return index < 0 ? text : text.substring(0, index);
    }

    /** The value of {@code ;name=value}, in lower case. */
    private static String option(String rest, String name) {
        for (String option : rest.toLowerCase(Locale.ROOT).split(";", -1)) {
            if (option.strip().startsWith(name + "=")) {
                return option.strip().substring(name.length() + 1);
            }
        }
        return "";
    }
}
