package io.github.readonlyrootfs.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON files beside the classes that know what they mean. */
public final class DataFiles {

    /** A build of many modules, or a task of many containers, needs the same few files again and again. */
    private static final Map<String, Optional<Json>> READ = new ConcurrentHashMap<>();

    private DataFiles() {}

    /**
     * Reads a file.
     *
     * @param owner the class beside which it lies
     * @return empty where there is none of that name
     */
    public static Optional<Json> read(Class<?> owner, String name) {
        String path = "/" + owner.getPackageName().replace('.', '/') + "/" + name;
        return READ.computeIfAbsent(path, key -> load(owner, key));
    }

    private static Optional<Json> load(Class<?> owner, String path) {
        try (InputStream in = owner.getResourceAsStream(path)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
