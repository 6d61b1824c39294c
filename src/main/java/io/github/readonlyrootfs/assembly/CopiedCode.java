// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.image.stage.IgnoreFile;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.manifest.Manifests;
import io.github.readonlyrootfs.need.SourceCode;
import io.github.readonlyrootfs.need.project.CodeBase;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What a Dockerfile copies from its context, or mounts to build with: directories of code, and manifests that name libraries. */
final class CopiedCode {

    private static final int MAX_FILES = 100;

    private final Path context;

    /** What the builder does not see of it. */
    private final Predicate<String> excluded;

    private final Set<Path> directories = new LinkedHashSet<>();

    /** Sources that are copied by their own names: {@code COPY *.go ./}. */
    private final Set<Path> files = new LinkedHashSet<>();

    private final Set<Path> manifests = new LinkedHashSet<>();

    private CopiedCode(Path context, String dockerfile) {
        this.context = context;
        this.excluded = IgnoreFile.excluded(context, dockerfile);
    }

    /** @param known those that have been read, by what they depend on */
    static CodeBase of(DockerfileBuild wanted, Dockerfile dockerfile, Map<List<Object>, CodeBase> known) {
        Optional<Path> context =
                wanted.context().map(given -> given.toAbsolutePath().normalize());
        if (context.isEmpty()) {
            return CodeBase.NONE;
        }
        Path base = wanted.file().start().orElse(context.get());
        String name = String.valueOf(wanted.file().file().getFileName());
        List<String> sources = new ArrayList<>(dockerfile.copied());
        sources.addAll(dockerfile.mounted());
        return known.computeIfAbsent(
                List.of(context.get(), base, name, sources), key -> of(context.get(), base, name, sources));
    }

    private static CodeBase of(Path context, Path base, String dockerfile, List<String> sources) {
        CopiedCode copied = new CopiedCode(context, dockerfile);
        for (String source : sources) {
            copied.add(source);
        }
        return new CodeBase(Manifests.libraries(copied.manifests), new Supplier<>() {
            private @Nullable List<SourceFile> read;

            @Override
            public synchronized List<SourceFile> get() {
                if (read == null) {
                    read = copied.read(base);
                }
                return read;
            }
        });
    }

    private List<SourceFile> read(Path base) {
        List<SourceFile> sources = new ArrayList<>();
        Effort effort = SourceCode.effort();
        for (Path directory : directories) {
            try {
                Files.walkFileTree(
                        directory, Set.of(), SourceCode.MAX_DEPTH, new SourceVisitor(directory, base, effort, sources));
            } catch (IOException e) {
                // What cannot be listed is not seen.
            }
        }
        for (Path file : files) {
            if (directories.stream().noneMatch(file::startsWith)) {
                read(file, base, effort, sources);
            }
        }
        return sources;
    }

    /** Reads the sources of an application. */
    private final class SourceVisitor extends SimpleFileVisitor<Path> {

        private final Path top;
        private final Path base;
        private final Effort effort;
        private final List<SourceFile> sources;

        SourceVisitor(Path top, Path base, Effort effort, List<SourceFile> sources) {
            this.top = top;
            this.base = base;
            this.effort = effort;
            this.sources = sources;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean other = !directory.equals(top) && SourceCode.isOther(String.valueOf(directory.getFileName()));
            return other ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                read(file, base, effort, sources);
            }
            return effort.isSpent() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }

    private void read(Path file, Path base, Effort effort, List<SourceFile> sources) {
        if (isSource(file) && isSeen(file)) {
            String name = SourceFile.nameOf(base.relativize(file));
            SourceCode.read(new FileContent.Copied(file, name), effort).ifPresent(sources::add);
        }
    }

    private static boolean isSource(Path file) {
        return SourceCode.ecosystem(String.valueOf(file.getFileName())).isPresent();
    }

    private boolean isSeen(Path file) {
        return !excluded.test(SourceFile.nameOf(context.relativize(file)));
    }

    private void add(String source) {
        try {
            Path path = context.resolve(source.replaceFirst("^/++", "")).normalize();
            Path parent = path.getParent();
            if (parent == null || !path.startsWith(context)) {
                return;
            }
            if (Files.isDirectory(path)) {
                directories.add(path);
                addFiles(path, "*", manifests, Manifests::namesLibraries);
            } else if (Files.isDirectory(parent)) {
                String name = String.valueOf(path.getFileName());
                addFiles(parent, name, manifests, Manifests::namesLibraries);
                addFiles(parent, name, files, CopiedCode::isSource);
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException | PatternSyntaxException e) {
            // A URL, a variable, or nothing that is there.
        }
    }

    private void addFiles(Path directory, String glob, Set<Path> found, Predicate<Path> wanted) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
            for (Path file : entries) {
                if (found.size() < MAX_FILES && wanted.test(file) && Files.isRegularFile(file) && isSeen(file)) {
                    found.add(file);
                }
            }
        }
    }
}
