// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Body;
import io.github.readonlyrootfs.hcl.Body.Argument;
import io.github.readonlyrootfs.hcl.Body.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the files of a module have, by its names: the same for all calls of the module. */
final class ModuleBlocks {

    private final Map<String, List<Block>> byType = new HashMap<>();

    /** The first one of a type with its labels. */
    private final Map<List<String>, Block> named = new HashMap<>();

    private final Map<String, Argument> locals = new HashMap<>();

    ModuleBlocks(List<Body> files) {
        for (Body file : files) {
            file.blocks().forEach(this::add);
        }
    }

    private void add(Block block) {
        byType.computeIfAbsent(block.type(), type -> new ArrayList<>()).add(block);
        List<String> name = new ArrayList<>(List.of(block.type()));
        block.labels().forEach(label -> name.add(label.text()));
        named.putIfAbsent(List.copyOf(name), block);
        if (block.type().equals("locals")) {
            block.body().named().forEach(locals::putIfAbsent);
        }
    }

    List<Block> of(String type) {
        return byType.getOrDefault(type, List.of());
    }

    Optional<Block> block(String... typeAndLabels) {
        return Optional.ofNullable(named.get(List.of(typeAndLabels)));
    }

    Optional<Argument> local(String name) {
        return Optional.ofNullable(locals.get(name));
    }
}
