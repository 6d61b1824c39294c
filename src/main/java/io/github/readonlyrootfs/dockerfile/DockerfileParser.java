package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.source.SourceFile;

/** Reads Dockerfiles as BuildKit does. */
public final class DockerfileParser {

    private DockerfileParser() {}

    /** Reads a file; what BuildKit would reject is among the result's problems, never an exception. */
    public static Dockerfile parse(SourceFile source) {
        throw new UnsupportedOperationException(source.name());
    }
}
