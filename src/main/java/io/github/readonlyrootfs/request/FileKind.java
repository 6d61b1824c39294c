// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ProjectFiles.Search;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.OtherFormat;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of the two kinds of file that a project has.
 *
 * @param noun what people call it
 * @param parameter what names it in the configuration
 * @param places where it usually is
 * @param placesInWords the same for people
 * @param otherwise what to say if there is no such file
 * @param configured the file that the user names
 */
record FileKind(
        String noun,
        String parameter,
        List<String> places,
        String placesInWords,
        String otherwise,
        Optional<String> configured) {

    /** The usual directories of a project's Terraform files. */
    private static final List<String> TERRAFORM_DIRECTORIES =
            List.of("", "terraform", "infra", "infrastructure", "deploy");

    private static final String DOCKERFILE = "Dockerfile";

    static FileKind dockerfile(Optional<String> configured) {
        return new FileKind(
                DOCKERFILE,
                "dockerfile",
                ProjectFiles.DOCKERFILES,
                String.join(", ", ProjectFiles.DOCKERFILES),
                "or <dockerfile>none</dockerfile> to judge only the task definition",
                configured);
    }

    static FileKind taskDefinition(Optional<String> configured) {
        return new FileKind(
                "task definition",
                "taskDefinition",
                ProjectFiles.TASK_DEFINITIONS,
                String.join(", ", ProjectFiles.JSON_TASK_DEFINITIONS) + ", each also as .yaml or .yml",
                "a CloudFormation, SAM or CDK template may be named too, and"
                        + " <taskDefinitionResource>LogicalId</taskDefinitionResource> picks one of its task definitions;"
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
     * The one at the root of the whole build.
     *
     * @param other the half that is there, in words
     */
    NamedFile atRoot(Search search, Optional<String> other) throws ConfigurationException {
        Optional<NamedFile> found = choose(search, search.root());
        found = found.isPresent() ? found : terraform(search);
        if (found.isEmpty()) {
            throw new ConfigurationException(missing(search, other));
        }
        return found.get();
    }

    /** A module's own file is the module's, even where it is in a usual place: {@code deploy/taskdef.json}. */
    private Optional<NamedFile> choose(Search search, Path directory) throws ConfigurationException {
        List<Path> found = new ArrayList<>();
        for (Path file : candidates(directory, places)) {
            if (!isOfModule(file, search)) {
                found.add(file);
            }
        }
        if (found.size() > 1) {
            String choices = String.join(
                    " or ",
                    found.stream()
                            .map(file -> element(search.named(file).name()))
                            .toList());
            throw new ConfigurationException("which " + noun + " is meant? " + directory + " has " + found.size()
                    + ". Set " + choices + place());
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(search.named(found.get(0)));
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

    private String missing(Search search, Optional<String> other) {
        String directories = search.directory().equals(search.root())
                ? search.directory().toString()
                : search.directory() + " and " + search.root();
        return other.map(half -> "found " + half + " but no " + noun).orElse("found no " + noun)
                + ". Looked in " + directories + " for " + placesInWords + ". " + terraformHelp(search)
                + "Set its path: "
                + element("path/to/" + places.get(0)) + place() + "; " + otherwise;
    }

    /** Where the element belongs, and what does the same on the command line. */
    private String place() {
        return " in the plugin's <configuration> or -D" + names() + "=...";
    }

    /** The only file of Terraform's configuration with a task definition, in the usual directories. */
    private Optional<NamedFile> terraform(Search search) {
        List<Path> files = allTerraformFiles(search).stream()
                .filter(file -> !isTemplate(file))
                .toList();
        return files.size() == 1 ? Optional.of(search.named(files.get(0))) : Optional.empty();
    }

    private List<Path> allTerraformFiles(Search search) {
        return places.equals(ProjectFiles.TASK_DEFINITIONS)
                ? Stream.of(search.directory(), search.root())
                        .distinct()
                        .flatMap(directory -> TERRAFORM_DIRECTORIES.stream().map(directory::resolve))
                        .flatMap(directory -> terraformFiles(directory).stream())
                        .filter(file -> !isOfModule(file, search))
                        .toList()
                : List.of();
    }

    /** What to name where several files of Terraform's, or only a template of one, may be meant. */
    private String terraformHelp(Search search) {
        return allTerraformFiles(search).stream()
                .findFirst()
                .map(file -> search.named(file).name()
                        + (isTemplate(file)
                                ? " is a template of Terraform: " + OtherFormat.TERRAFORM_TEMPLATE.help()
                                : " has an aws_ecs_task_definition of Terraform: " + OtherFormat.TERRAFORM.help())
                        + ". ")
                .orElse("");
    }

    private static List<Path> terraformFiles(Path directory) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{tf,tftpl}")) {
            for (Path file : files) {
                if (hasTaskDefinition(file)) {
                    found.add(file);
                }
            }
        } catch (IOException e) {
            // The directory does not exist or cannot be read.
            return List.of();
        }
        return found.stream().sorted().toList();
    }

    private static boolean hasTaskDefinition(Path file) {
        String sign = isTemplate(file) ? "\"image\"" : "\"aws_ecs_task_definition\"";
        try {
            return SourceFile.read(file, file.toString()).text().contains(sign);
        } catch (UnreadableSourceException e) {
            // It is no Terraform that anybody could use.
            return false;
        }
    }

    private static boolean isTemplate(Path file) {
        return file.toString().endsWith(".tftpl");
    }

    private String names() {
        return "readonly-rootfs." + parameter;
    }

    private String element(String value) {
        return "<" + parameter + ">" + value + "</" + parameter + ">";
    }
}
