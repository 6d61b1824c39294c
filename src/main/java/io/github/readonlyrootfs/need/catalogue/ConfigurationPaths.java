// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The configuration files of a program.
 *
 * @param files paths with variables; an option replaces the first one; a name {@code *.conf} stands for all files of a directory
 *     with this extension
 * @param included files that these include, as they are in the image
 * @param include what names the files that a replaced file includes; empty if it includes the same
 * @param options that replace the first file; {@code *.ini} is an argument with this extension
 */
record ConfigurationPaths(
        List<String> files, List<String> included, Optional<Pattern> include, List<String> options, Scope scope) {

    static ConfigurationPaths read(Json entry) {
        Json json = entry.get("configuration");
        List<String> include = json.strings("include");
        return new ConfigurationPaths(
                json.strings("files"),
                json.strings("included"),
                include.isEmpty() ? Optional.empty() : Optional.of(Mover.directive(include)),
                json.strings("options"),
                Scope.MAIN);
    }

    /** The texts of a program that are searched. */
    enum Scope {
        MAIN,
        INCLUDED,
        ALL,
        /** The arguments of the command. */
        ARGUMENTS
    }

    /** The same with the files of another scope. */
    ConfigurationPaths in(Scope other) {
        return new ConfigurationPaths(files, included, include, options, other);
    }
}
