package io.github.readonlyrootfs.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON files beside this package's classes. */
final class DataFiles {

    /** A build of many modules, or a task of many containers, needs the same few files again and again. */
    private static final Map<String, Optional<Json>> READ = new ConcurrentHashMap<>();

    private DataFiles() {}

    static Optional<Json> read(String name) {
        return READ.computeIfAbsent(name, DataFiles::load);
    }

    private static Optional<Json> load(String name) {
        try (InputStream in = DataFiles.class.getResourceAsStream(name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
