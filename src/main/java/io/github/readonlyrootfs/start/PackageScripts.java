// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.yaml.YamlNode;
import io.github.readonlyrootfs.yaml.YamlNode.Scalar;
import io.github.readonlyrootfs.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code npm start}, {@code yarn start} and similar commands run: shell texts under {@code scripts} of package.json. */
final class PackageScripts {

    private static final Set<String> MANAGERS = Set.of("npm", "yarn", "yarnpkg", "pnpm");

    /** The commands of npm that run the script of the same name. */
    private static final Set<String> NAMED = Set.of("start", "test", "stop", "restart");

    /** The file, in the directory in which the command starts. */
    static final String FILE = "package.json";

    private PackageScripts() {}

    /** The name of the script that a command runs; empty if it runs none, or one of another directory. */
    static Optional<String> name(List<Field> words) {
        if (!MANAGERS.contains(words.get(0).baseName())
                || words.size() < 2
                || !words.stream().allMatch(Field::known)) {
            return Optional.empty();
        }
        String first = words.get(1).text();
        boolean run = first.equals("run") || first.equals("run-script");
        boolean plain = words.get(0).baseName().equals("yarn") || NAMED.contains(first);
        String name = run && words.size() > 2 ? words.get(2).text() : plain ? first : "";
        return name.matches("[A-Za-z0-9][\\w:.-]*") ? Optional.of(name) : Optional.empty();
    }

    /** The texts that run for a script, in order, including those before and after it ({@code pre…}, {@code post…}). */
    static List<Script> of(SourceFile file, String name) {
        try {
            List<Script> found = new ArrayList<>();
            for (YamlNode document : YamlReader.readAll(file)) {
                Optional<YamlNode> scripts = document.member("scripts");
                for (String part : List.of("pre" + name, name, "post" + name)) {
                    scripts.flatMap(all -> all.member(part))
                            .filter(Scalar.class::isInstance)
                            .map(Scalar.class::cast)
                            .ifPresent(text -> found.add(new Script(text.value(), Place.whole(text.location()))));
                }
            }
            return found;
        } catch (UnreadableSourceException e) {
            // The package manager rejects the file.
            return List.of();
        }
    }
}
