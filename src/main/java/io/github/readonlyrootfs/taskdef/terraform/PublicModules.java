// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.hcl.Body;
import io.github.readonlyrootfs.hcl.HclReader;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public modules of which {@code modules/modules.txt} says what they make of their arguments. */
final class PublicModules {

    /** A module in Terraform's registry. */
    private static final Pattern REGISTRY =
            Pattern.compile("(?:registry\\.\\w+\\.\\w+/)?([\\w-]+/[\\w-]+/\\w+(?://.*)?)");

    /** The same module where it is developed. */
    private static final Pattern GITHUB = Pattern.compile("(?:git::)?(?:\\w+://)?(?:git@)?github\\.com[/:]"
            + "([\\w-]+)/terraform-(\\w+)-([\\w-]+?)(?:\\.git)?(//[^?]*)?(?:\\?ref=(?:tags/)?v?(.*))?");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private PublicModules() {}

    /**
     * What is known of a module, as if it were one of the project's, with every place in it being that of its call.
     *
     * @param version as the call constrains it
     */
    static Optional<ModuleBlocks> find(String source, Optional<String> version, Location call) {
        Matcher github = GITHUB.matcher(source);
        if (github.matches()) {
            String directory = Optional.ofNullable(github.group(4)).orElse("");
            return find(
                    github.group(1) + "/" + github.group(3) + "/" + github.group(2) + directory,
                    major(Optional.ofNullable(github.group(5))),
                    call);
        }
        Matcher registry = REGISTRY.matcher(source);
        return registry.matches() ? find(registry.group(1), major(version), call) : Optional.empty();
    }

    private static Optional<ModuleBlocks> find(String module, int version, Location call) {
        for (String line : DataFiles.lines(PublicModules.class, "modules/modules.txt")) {
            List<String> row = List.of(line.split(" ", -1));
            if (row.get(0).equals(module) && Integer.parseInt(row.get(1)) <= version) {
                return Optional.of(blocks(row.subList(2, row.size()), call));
            }
        }
        return Optional.empty();
    }

    private static ModuleBlocks blocks(List<String> files, Location call) {
        List<Body> bodies = new ArrayList<>();
        for (String file : files) {
            try {
                bodies.add(HclReader.read(
                        SourceFile.inside(call, DataFiles.text(PublicModules.class, "modules/" + file))));
            } catch (UnreadableSourceException e) {
                throw new IllegalStateException(file, e);
            }
        }
        return new ModuleBlocks(bodies);
    }

    /** The newest version that a constraint allows, which is any where it has no upper end. */
    private static int major(Optional<String> version) {
        String constraint = version.orElse("");
        boolean open = !constraint.contains("<") && constraint.matches("\\s*+(?:|>.*|~>\\s*+\\d++\\s*+)");
        Matcher first = NUMBER.matcher(constraint);
        return open || !first.find() ? Integer.MAX_VALUE : Integer.parseInt(first.group());
    }
}
