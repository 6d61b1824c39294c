// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ProjectFiles.Search;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One of the two kinds of file that a project has.
 *
 * @param noun what people call it
 * @param parameter what names it in the configuration
 * @param places where it usually is
 * @param inRepository those that a repository has
 * @param otherwise what to say if there is no such file
 * @param configured the file that the user names
 */
record FileKind(
        String noun,
        String parameter,
        List<String> places,
        Function<RepositoryFiles, List<Path>> inRepository,
        String otherwise,
        Optional<String> configured) {

    /** Directories of files that are not deployed. */
    private static final Pattern ASIDE = Pattern.compile(
            "(?i)(?:.*[._-])?(?:tests?|testing|it|examples?|samples?|fixtures?|docs?|demos?)(?:[._-].*)?");

    /** The names of files for another use than the deployment. */
    private static final Pattern OTHER_USE =
            Pattern.compile("(?i).*[._-](?:dev|development|local|tests?|ci|base|build|debug)");

    private static final int FOR_OTHERS = 100;

    /** What fits on three lines. */
    private static final int MAX_NAMED = 3;

    private static final String DOCKERFILE = "Dockerfile";

    private static final String TASK_DEFINITION = "taskDefinition";

    static FileKind dockerfile(Optional<String> configured) {
        return new FileKind(
                DOCKERFILE,
                "dockerfile",
                ProjectFiles.DOCKERFILES,
                RepositoryFiles::dockerfiles,
                "or <dockerfile>none</dockerfile> to judge only the task definition",
                configured);
    }

    static FileKind taskDefinition(Optional<String> configured) {
        return new FileKind(
                "task definition",
                TASK_DEFINITION,
                ProjectFiles.TASK_DEFINITIONS,
                RepositoryFiles::taskDefinitions,
                "it may be a CloudFormation, SAM or CDK template, or Terraform's configuration;"
                        + " or <skip>true</skip> if this module does not run in a task",
                configured);
    }

    /** The project's own: the configured one, else the one where such files usually are. */
    Optional<NamedFile> of(Search search) throws ConfigurationException {
        return configured.isPresent()
                ? Optional.of(search.existing(configured.get(), names()))
                : choose(search, search.directory());
    }

    /**
     * The one at the root of the whole build, or those anywhere in the repository that are most likely meant.
     *
     * @param other the half that is there, in words
     * @param beside its file: the nearest of those that are as likely is for it
     * @throws ConfigurationException where there is none
     */
    List<NamedFile> elsewhere(
            Search search,
            Optional<String> other,
            Optional<NamedFile> beside,
            RepositoryFiles repository,
            List<String> notes)
            throws ConfigurationException {
        Optional<NamedFile> found = choose(search, search.root());
        List<NamedFile> likely = found.isPresent() ? List.of(found.get()) : anywhere(search, beside, repository, notes);
        if (likely.isEmpty()) {
            throw new ConfigurationException(missing(search.place() + repository.limit(), other)
                    + (parameter.equals(TASK_DEFINITION) ? sources(search, repository) : ""));
        }
        return likely;
    }

    /** What to do in a repository in which another tool makes the task definition. */
    private static String sources(Search search, RepositoryFiles repository) {
        return repository.sources().entrySet().stream()
                .findFirst()
                .map(source -> "; "
                        + source.getKey()
                                .introduce(search.named(Collections.min(source.getValue()))
                                        .name()))
                .orElse("");
    }

    /** Those of the repository that are most likely meant, all of them as likely. */
    List<NamedFile> anywhere(
            Search search, Optional<NamedFile> beside, RepositoryFiles repository, List<String> notes) {
        Map<Integer, List<Path>> ranked = ranked(search, repository);
        if (ranked.isEmpty()) {
            return List.of();
        }
        List<Path> likely = ranked.values().iterator().next();
        List<NamedFile> best =
                beside.map(other -> nearest(likely, other.file(), repository.top())).orElse(likely).stream()
                        .map(search::named)
                        .toList();
        long count = ranked.values().stream().mapToLong(List::size).sum();
        if (best.size() == 1) {
            notes.add("taking " + best.get(0).name() + " as the " + noun + (count == 1 ? "" : ", of " + count + " here")
                    + "; to use another, set -D" + names() + "=...");
        }
        return best;
    }

    /** Those in the innermost directory around a file that has any; all where that is the repository's top. */
    private static List<Path> nearest(List<Path> files, Path file, Path top) {
        for (Path around = file.getParent(); around != null && !top.startsWith(around); around = around.getParent()) {
            Path directory = around;
            List<Path> inside =
                    files.stream().filter(each -> each.startsWith(directory)).toList();
            if (!inside.isEmpty()) {
                return inside;
            }
        }
        return files;
    }

    /** The only one of several; empty where there is none. */
    Optional<NamedFile> only(List<NamedFile> found) throws ConfigurationException {
        if (found.size() > 1) {
            throw new ConfigurationException(
                    question(found.stream().map(NamedFile::written).toList()));
        }
        return found.stream().findFirst();
    }

    /** Those for other images in directories of the project: that of a proxy beside that of the application. */
    List<NamedFile> below(Search search) {
        List<NamedFile> found = new ArrayList<>();
        for (Path place : List.of(search.directory(), search.directory().resolve("docker"))) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
                for (Path entry : entries) {
                    Path file = entry.resolve(DOCKERFILE);
                    String name = entry.getFileName().toString();
                    if (Files.isRegularFile(file)
                            && !isUsual(file, search)
                            && RepositoryFiles.isSearched(entry.getFileName())
                            && !ASIDE.matcher(name).matches()
                            && !isOfModule(file, search)
                            && !Files.exists(entry.resolve("pom.xml"))) {
                        found.add(search.named(file));
                    }
                }
            } catch (IOException e) {
                // There is no such directory, or none that can be listed.
            }
        }
        found.sort(Comparator.comparing(NamedFile::name));
        return found;
    }

    private boolean isUsual(Path file, Search search) {
        for (String place : places) {
            if (file.equals(search.directory().resolve(place))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the repository has one that is not for tests or to look at. */
    boolean isDeployed(Search search, RepositoryFiles repository) {
        return ranked(search, repository).keySet().stream().anyMatch(rank -> rank < FOR_OTHERS);
    }

    private Map<Integer, List<Path>> ranked(Search search, RepositoryFiles repository) {
        Map<Integer, List<Path>> ranked = new TreeMap<>();
        for (Path file : inRepository.apply(repository)) {
            if (!isOfModule(file, search) && !isOfOtherProject(file, search)) {
                ranked.computeIfAbsent(rank(file, search, repository.top()), rank -> new ArrayList<>())
                        .add(file);
            }
        }
        return ranked;
    }

    /** The lower, the more likely. */
    private int rank(Path file, Search search, Path top) {
        int rank = file.startsWith(search.directory()) ? 0 : 10;
        for (Path part : top.relativize(file)) {
            rank += ASIDE.matcher(part.toString()).matches() ? FOR_OTHERS : 0;
        }
        String name = file.getFileName().toString();
        boolean usual = places.stream().anyMatch(place -> Path.of(place).endsWith(name));
        if (!usual && OTHER_USE.matcher(name).matches()) {
            return rank + 2;
        }
        // Of api/Dockerfile.prod and db/Dockerfile, neither name says more.
        return rank + (usual || isWithoutUsual(file) ? 0 : 1);
    }

    /** Whether it is a Dockerfile with a longer name, and no plain one is beside it. */
    private boolean isWithoutUsual(Path file) {
        return noun.equals(DOCKERFILE)
                && candidates(file.resolveSibling(""), List.of(DOCKERFILE)).isEmpty();
    }

    /** What another Maven project has is not for this one. */
    private static boolean isOfOtherProject(Path file, Search search) {
        Path project = search.directory();
        for (Path above = file.getParent(); above != null && !project.startsWith(above); above = above.getParent()) {
            if (!above.startsWith(project) && Files.exists(above.resolve("pom.xml"))) {
                return true;
            }
        }
        return false;
    }

    /** A module's own file is the module's, even where it is in a usual place: {@code deploy/taskdef.json}. */
    private Optional<NamedFile> choose(Search search, Path directory) throws ConfigurationException {
        List<Path> found = new ArrayList<>();
        for (Path file : candidates(directory, places)) {
            if (!isOfModule(file, search)) {
                found.add(file);
            }
        }
        return only(found.stream().map(search::named).toList());
    }

    String question(List<String> names) {
        List<String> elements = names.stream()
                .sorted(Comparator.comparingInt(name -> Path.of(name).getNameCount()))
                .limit(MAX_NAMED)
                .map(this::element)
                .toList();
        String more = names.size() > MAX_NAMED ? " (and " + (names.size() - MAX_NAMED) + " more)" : "";
        return "which " + noun + " is meant, of " + names.size() + "? Set " + String.join(" or ", elements) + more
                + place();
    }

    private static boolean isOfModule(Path file, Search search) {
        for (Path module : search.modules()) {
            if (file.startsWith(module)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The files in the usual places; a file and links to it count once. If there is no {@code Dockerfile}, {@code docker
     * build} takes {@code dockerfile}.
     */
    static List<Path> candidates(Path directory, List<String> places) {
        List<Path> found = new ArrayList<>();
        List<Path> real = new ArrayList<>();
        for (String place : places) {
            Path file = directory.resolve(place);
            if (place.endsWith(DOCKERFILE) && !Files.isRegularFile(file)) {
                file = file.resolveSibling(DOCKERFILE.toLowerCase(Locale.ROOT));
            }
            if (Files.isRegularFile(file)) {
                Path target = realPath(file);
                if (!real.contains(target)) {
                    real.add(target);
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static Path realPath(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            // It existed a moment ago; the reader reports why it cannot be read.
            return file;
        }
    }

    private String missing(String where, Optional<String> other) {
        return other.map(half -> "found " + half + " but no " + noun).orElse("found no " + noun)
                + " in " + where + ". Set its path: " + element("path/to/" + places.get(0)) + place() + "; "
                + otherwise;
    }

    /** Where the element belongs, and what does the same on the command line. */
    private String place() {
        return " in the plugin's <configuration> or -D" + names() + "=...";
    }

    private String names() {
        return "readonly-rootfs." + parameter;
    }

    private String element(String value) {
        return "<" + parameter + ">" + value + "</" + parameter + ">";
    }
}
