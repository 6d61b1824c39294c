// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.taskdef.node.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the names in an expression mean.
 *
 * @param module empty in a template, which knows only what it is given
 * @param names those of {@code for}, {@code each} and {@code count}, and what a template is given
 */
record Scope(Optional<TerraformModule> module, Map<String, Node> names) {

    /** In place of the names that nobody knows which a template is given. */
    static final String OTHERS = "*";

    static Scope of(TerraformModule module) {
        return new Scope(Optional.of(module), Map.of());
    }

    /** What a public module does is not written anywhere: there, a value stays where its caller has it. */
    boolean isInPublicModule() {
        return module.filter(TerraformModule::isPublic).isPresent();
    }

    /** The same with another name. */
    Scope with(String name, Node value) {
        return with(Map.of(name, value));
    }

    Scope with(Map<String, Node> more) {
        Map<String, Node> all = new HashMap<>(names);
        all.putAll(more);
        return new Scope(module, Map.copyOf(all));
    }
}
