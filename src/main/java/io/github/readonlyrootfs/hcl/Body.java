// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.hcl;

import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is in a file or in a block: arguments and blocks, each in their order.
 *
 * @param named the arguments by their names
 */
public record Body(Map<String, Argument> named, List<Block> blocks) {

    public record Argument(String name, Location nameLocation, Expression value) {}

    /** @param typeLocation the place of the word that begins it */
    public record Block(String type, Location typeLocation, List<Label> labels, Body body, Location location) {

        /** The text of a label; empty where there is none. */
        public String label(int index) {
            return index < labels.size() ? labels.get(index).text() : "";
        }

        /** Its type with its labels. */
        public Location header() {
            return labels.isEmpty()
                    ? typeLocation
                    : typeLocation.upTo(labels.get(labels.size() - 1).location());
        }
    }

    /** A word behind a block's type. */
    public record Label(String text, Location location) {}

    public List<Argument> arguments() {
        return List.copyOf(named.values());
    }

    public Optional<Argument> argument(String name) {
        return Optional.ofNullable(named.get(name));
    }

    public Optional<Expression> value(String name) {
        Optional<Argument> argument = argument(name);
        return argument.isPresent() ? Optional.of(argument.get().value()) : Optional.empty();
    }

    public List<Block> blocks(String type) {
        List<Block> found = new ArrayList<>();
        for (Block block : blocks) {
            if (block.type().equals(type)) {
                found.add(block);
            }
        }
        return found;
    }
}
