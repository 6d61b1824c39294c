// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.terraform.TerraformFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The directory of a Terraform configuration.
 *
 * @param name as a person would type it
 * @param named what the user named, which may have other texts for files
 */
public record TerraformDirectory(Path directory, String name, NamedFile named) implements TerraformFiles.Directory {

    private static final String TERRAGRUNT = "terragrunt.hcl";

    /** The configuration that a user named, by its directory or by one of its files; empty for anything else. */
    public static Optional<TerraformFiles> at(NamedFile named) {
        Location place = Location.of(named.name());
        Path parent = named.file().toAbsolutePath().getParent();
        if (Notation.isTerraform(named.name())) {
            int slash = named.name().lastIndexOf('/');
            String name = slash < 0 ? "" : named.name().substring(0, slash);
            return parent == null || !Files.isRegularFile(named.file())
                    ? Optional.empty()
                    : Optional.of(new TerraformFiles(
                            new TerraformDirectory(parent, name, named),
                            place,
                            Optional.of(named.name()),
                            Optional.empty()));
        }
        if (!Files.isDirectory(named.file())) {
            return Optional.empty();
        }
        TerraformDirectory directory = new TerraformDirectory(named.file(), named.name(), named);
        return directory.files("").stream().anyMatch(Notation::isTerraform)
                ? Optional.of(new TerraformFiles(directory, place, Optional.empty(), Optional.empty()))
                : directory.files("").contains(TERRAGRUNT) ? directory.terragrunt(place) : Optional.empty();
    }

    /** The configuration that Terragrunt runs with the inputs of a file in this directory. */
    private Optional<TerraformFiles> terragrunt(Location place) {
        try {
            SourceFile file = read(TERRAGRUNT);
            Optional<String> module = TerraformFiles.module(file);
            if (module.isEmpty()) {
                return Optional.empty();
            }
            String shown = SourceFile.nameOf(Path.of(name).resolve(module.get()).normalize());
            TerraformDirectory root = new TerraformDirectory(directory.resolve(module.get()), shown, named);
            return root.files("").stream().anyMatch(Notation::isTerraform)
                    ? Optional.of(new TerraformFiles(root, place, Optional.empty(), Optional.of(file)))
                    : Optional.empty();
        } catch (UnreadableSourceException e) {
            // It is reported as what it is not: a directory of Terraform's.
            return Optional.empty();
        }
    }

    @Override
    public List<String> files(String path) {
        return names(path, Files::isRegularFile);
    }

    @Override
    public List<String> directories() {
        return names("", Files::isDirectory);
    }

    private List<String> names(String path, Predicate<Path> kind) {
        try (Stream<Path> entries = Files.list(directory.resolve(path))) {
            return entries.filter(kind)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException | InvalidPathException e) {
            // It does not exist or cannot be read; what it would say is unknown.
            return List.of();
        }
    }

    @Override
    public SourceFile read(String path) throws UnreadableSourceException {
        String shown = SourceFile.nameOf(Path.of(name).resolve(path).normalize());
        return named.read(directory.resolve(path).normalize(), shown);
    }
}
