// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import java.util.List;
import java.util.stream.Stream;

/**
 * The configuration files of a program.
 *
 * @param files paths with variables; an option replaces the first one; a name {@code *.conf} stands for all files of a directory
 *     with this extension
 * @param included files that these include
 * @param options that replace the first file; {@code *.ini} is an argument with this extension
 */
record ConfigurationPaths(List<String> files, List<String> included, List<String> options) {

    static ConfigurationPaths read(Json entry) {
        Json json = entry.get("configuration");
        return new ConfigurationPaths(json.strings("files"), json.strings("included"), json.strings("options"));
    }

    /** The texts of a program that are searched. */
    enum Scope {
        MAIN,
        INCLUDED,
        ALL,
        /** The arguments of the command. */
        ARGUMENTS
    }

    /** The files of a scope. */
    ConfigurationPaths in(Scope scope) {
        return switch (scope) {
            case MAIN -> this;
            case INCLUDED -> new ConfigurationPaths(included, List.of(), List.of());
            case ALL ->
                new ConfigurationPaths(
                        Stream.concat(files.stream(), included.stream()).toList(), List.of(), options);
            case ARGUMENTS -> throw new IllegalArgumentException("arguments are not in a file");
        };
    }
}
