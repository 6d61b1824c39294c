// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.stage.ImageBuild.Copied;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a container's image is code or configuration of the system: nothing but the build of the image should change it.
 * A writable mount there defeats the read-only root.
 */
public final class ImageCode {

    /** They contain the system's files in every image, or directories of other programs. */
    private static final Set<String> SYSTEM = Set.of(
            "/bin",
            "/boot",
            "/etc",
            "/home",
            "/lib",
            "/lib64",
            "/sbin",
            "/usr",
            "/usr/bin",
            "/usr/lib",
            "/usr/local/etc",
            "/usr/local/lib",
            "/usr/sbin",
            "/var",
            "/var/lib");

    /** Scripts, classes and libraries; sources, and the files by which a tree of them is known. */
    private static final Pattern FILE = Pattern.compile(
            ".+\\.(py|pyc|rb|php|phtml|pl|pm|sh|bash|js|mjs|cjs|ts|tsx|jsx|class|jar|war|ear|jsp|so|lua|groovy|tcl|exs?|dll"
                    + "|go|java|kts?|scala|clj|rs|cs|fs|vb|cc?|cpp|hs|erl|ml|swift|dart|jl|vue|svelte|cgi|wsgi"
                    + "|csproj|sln|gemspec)"
                    + "|package\\.json|go\\.mod|pom\\.xml|build\\.gradle|Cargo\\.toml|Gemfile|composer\\.json|pyproject\\.toml");

    /** Where scripts are mostly sent to browsers. */
    private static final Pattern FOR_BROWSERS =
            Pattern.compile("(?:.*/)?(?:public|static|assets|html|htdocs|www|dist|build)/(?:.*/)?[^/]+\\.(?:m?js|jsx)");

    /** Where packages make directories for what a program writes: what they hold that is not known is no application. */
    private static final Pattern STATE = Pattern.compile("/(?:run|tmp|var/(?:cache|lib|log|run|spool|tmp))(?:/.*)?");

    /** A source tree has its first code file much earlier. */
    private static final int MAX_ENTRIES = 20_000;

    private final ContainerAnalysis container;

    ImageCode(ContainerAnalysis container) {
        this.container = container;
    }

    /** The code that would be writable if a directory were; the directory itself where all of it is. */
    public Optional<ContainerPath> within(ContainerPath directory) {
        if (SYSTEM.contains(directory.toString())) {
            return Optional.of(directory);
        }
        return first(directory, container.started().searchPath().directories())
                .or(() -> first(directory, container.started().files()))
                .or(() -> copied(directory));
    }

    private static Optional<ContainerPath> first(ContainerPath directory, Collection<ContainerPath> paths) {
        return paths.stream().filter(path -> path.isAtOrBelow(directory)).findFirst();
    }

    private Optional<ContainerPath> copied(ContainerPath directory) {
        for (Copied file : container.copied()) {
            boolean below = file.path().isAtOrBelow(directory);
            if (below || directory.isAtOrBelow(file.path())) {
                Optional<ContainerPath> code = fileIn(below ? file.path() : directory);
                if (code.isPresent()) {
                    return code;
                }
            }
        }
        Optional<ContainerPath> workdir =
                container.context().directories().workdir().known().filter(in -> !in.isRoot());
        return workdir.filter(in -> in.isAtOrBelow(directory) && isFilled(in));
    }

    /** Whether another stage, a clone or an installer may have put files there that are not known. */
    private boolean isFilled(ContainerPath path) {
        TreeNode entries = container.image().files().resolved(path).anyUnlisted();
        return entries.isUnknown() && entries.why().location().isPresent();
    }

    /** A file of code at or below a path. */
    public Optional<ContainerPath> fileIn(ContainerPath path) {
        TreeNode node = container.image().files().resolved(path);
        if (node.isMissing()) {
            return Optional.empty();
        }
        return isFile(path) || isScript(path.name(), node)
                ? Optional.of(path)
                : fileIn(path, node, new int[] {MAX_ENTRIES});
    }

    private static Optional<ContainerPath> fileIn(ContainerPath path, TreeNode node, int[] left) {
        List<String> names = node.names();
        for (String name : names) {
            ContainerPath at = path.resolve(name);
            TreeNode child = node.child(name);
            if (left[0]-- <= 0) {
                return Optional.empty();
            }
            if (!child.isDirectory() && !child.isMissing() && (isFile(at) || isScript(name, child))) {
                return Optional.of(at);
            }
        }
        for (String name : names) {
            TreeNode child = node.child(name);
            Optional<ContainerPath> below =
                    child.isDirectory() ? fileIn(path.resolve(name), child, left) : Optional.empty();
            if (below.isPresent()) {
                return below;
            }
        }
        return Optional.empty();
    }

    private static boolean isFile(ContainerPath path) {
        return FILE.matcher(path.name()).matches()
                && !FOR_BROWSERS.matcher(path.toString()).matches();
    }

    /** A script without an ending. */
    private static boolean isScript(String name, TreeNode node) {
        FileContent content = name.indexOf('.') < 0 ? node.content() : null;
        return content != null
                && content.read().filter(file -> file.text().startsWith("#!")).isPresent();
    }

    /** A file at or below a directory that the project puts into the image; the directory if its files are not known. */
    public Optional<ContainerPath> putInto(ContainerPath directory) {
        return first(
                        directory,
                        container.copied().stream()
                                .map(Copied::path)
                                .filter(path -> !container
                                        .image()
                                        .files()
                                        .resolved(path)
                                        .isMissing())
                                .toList())
                .or(() -> Optional.of(directory)
                        .filter(at -> !STATE.matcher(at.toString()).matches()
                                && container.image().files().resolved(at).isDirectory()
                                && isFilled(at)));
    }
}
