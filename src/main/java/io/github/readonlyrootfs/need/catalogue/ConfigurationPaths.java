// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.data.Json;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a program has its configuration.
 *
 * @param files paths with variables in them, of which the first is the one that an option replaces; a name {@code *.conf}
 *     stands for all files of a directory that end so
 * @param included files that the first ones include
 * @param options that name another file in the place of the first one; {@code *.ini} is an argument that ends so
 */
record ConfigurationPaths(List<String> files, List<String> included, List<String> options) {

    static ConfigurationPaths read(Json entry) {
        Json json = entry.get("configuration");
        return new ConfigurationPaths(json.strings("files"), json.strings("included"), json.strings("options"));
    }

    /** Which of a program's texts are looked at. */
    enum Scope {
        MAIN,
        INCLUDED,
        ALL,
        /** No file: the arguments of the command. */
        ARGUMENTS
    }

    /** Those of a scope. */
    ConfigurationPaths in(Scope scope) {
        return switch (scope) {
            case MAIN -> this;
            case INCLUDED -> new ConfigurationPaths(included, List.of(), List.of());
            case ALL ->
                new ConfigurationPaths(
                        Stream.concat(files.stream(), included.stream()).toList(), List.of(), options);
            case ARGUMENTS -> throw new IllegalArgumentException("arguments are in no file");
        };
    }
}
