// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration;
import io.github.readonlyrootfs.configuration.file.KeyName;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.ImpliedNeeds;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Need.Kind;
import io.github.readonlyrootfs.need.catalogue.KeptName;
import io.github.readonlyrootfs.need.catalogue.PathTemplate;
import io.github.readonlyrootfs.need.catalogue.WrittenSetting;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.Jvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Settings, options and variables whose value is an absolute path that the image lacks, or an empty directory, and whose name
 * says that something is kept there; and URLs of databases in files.
 */
final class StatedSettings {

    /** Not a list of paths, a pattern, or a part of a URL. */
    private static final Pattern PATH = Pattern.compile("(?:/[\\w.@+-]++)++/?");

    /** An option that is a word; a single letter says nothing. */
    private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][\\w.-]+");

    private static final Pattern FILE_KEY = Pattern.compile("(?i).*file(?:[._-]?(?:name|path))?");
    private static final Pattern FILE_NAME = Pattern.compile("[\\w.-]+\\.[A-Za-z]\\w{1,6}");

    private final ContainerContext container;
    private final FoundNeeds found;

    /** The keys whose meaning is known: whether they name a written path depends on other settings. */
    private final List<Pattern> known = new ArrayList<>();

    StatedSettings(ContainerContext container, FoundNeeds found) {
        this.container = container;
        this.found = found;
        container.application().settings().framework().ifPresent(framework -> {
            for (WrittenSetting setting : WrittenSetting.of(framework)) {
                known.add(KeyName.pattern(setting.key()));
            }
        });
    }

    void find() {
        variables();
        for (Command command : container.start().commands()) {
            options(command.arguments());
        }
        for (Jvm jvm : container.java().jvms()) {
            options(jvm.options().arguments());
        }
        if (container.application().project().isPresent()) {
            configuration(container.application().settings().configuration());
        }
    }

    private void variables() {
        for (Map.Entry<String, Value<String>> variable :
                container.environment().named().entrySet()) {
            if (variable.getValue() instanceof Value.Known<String> value) {
                setting(variable.getKey(), value.value(), value.location(), false);
            }
        }
    }

    /** {@code --data-dir=/data}, {@code --data-dir /data} and {@code -Dapp.data=/data}. */
    private void options(List<Field> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).exact().orElse("");
            int equals = word.indexOf('=');
            String option = equals < 0 ? word : word.substring(0, equals);
            if (!OPTION.matcher(option).matches()) {
                continue;
            }
            if (equals >= 0) {
                setting(option, word.substring(equals + 1), words.get(i).where(), false);
            } else if (i + 1 < words.size() && words.get(i + 1).known()) {
                setting(option, words.get(i + 1).text(), words.get(i + 1).where(), false);
            }
        }
    }

    private void configuration(ApplicationConfiguration configuration) {
        for (String key : configuration.keys("*")) {
            Optional<Setting> setting = configuration.find(key);
            if (setting.isPresent()) {
                Text text = configuration.resolve(setting.get());
                if (text.isKnown()) {
                    setting(setting.get().name(), text.raw(), setting.get().location(), true);
                }
            }
        }
    }

    /** @param mayBeOfUrl whether its value may be a path of a URL as well */
    private void setting(String name, String value, Location location, boolean mayBeOfUrl) {
        String key = name.replaceFirst("^(?:-D|-+)", "");
        if (location.equals(container.image().from()) || isKnown(key)) {
            return;
        }
        Optional<FileDatabase> database = FileDatabase.parse(value);
        if (database.isPresent()) {
            database(name, database.get(), location);
            return;
        }
        String written = PathTemplate.withoutScheme(value.strip());
        Optional<KeptName> says = PATH.matcher(written).matches() ? KeptName.of(key) : Optional.empty();
        if (says.isPresent()) {
            ContainerPath named = ContainerPath.of(written);
            ContainerPath path = place(named, key);
            if (says.get().saysSoOf(path)
                    && mayBeKept(path, says.get().sure(), says.get().sure())
                    && (!mayBeOfUrl || KeptName.isPlace(path, key))) {
                Kind kind = path.equals(named) && isFile(named, key) ? Kind.FILE : Kind.DIRECTORY;
                String words = "`" + name + "` (its name says that something is written there)";
                add(path, kind, words, location, says.get().keeps());
            }
        }
    }

    private void database(String name, FileDatabase database, Location location) {
        boolean absent = container.application().project().isPresent()
                && !container
                        .application()
                        .libraries()
                        .mayHave(database.engine().library());
        WrittenPath.Target target = database.target(container.java(), Text.EMPTY, location);
        if (!absent && target.path() instanceof Value.Known<ContainerPath> path) {
            String says = "`" + name + "` (" + database.engine().title() + " keeps a database in files there)";
            Kind kind = target.createsParents() ? Kind.EITHER : Kind.FILE;
            add(path.value(), kind, says, location, Optional.of(Keeps.DATABASE));
        }
    }

    /** Of a file, its directory, unless the image has more there: a file is replaced by renaming another one. */
    private ContainerPath place(ContainerPath path, String key) {
        return isFile(path, key) && !path.parent().isRoot() && mayBeKept(path.parent(), true, false)
                ? path.parent()
                : path;
    }

    private static boolean isFile(ContainerPath path, String key) {
        return FILE_KEY.matcher(key).matches() || FILE_NAME.matcher(path.name()).matches();
    }

    private boolean isKnown(String key) {
        String canonical = KeyName.canonical(key);
        String variable = KeyName.canonical(KeyName.ofVariable(key));
        return known.stream()
                .anyMatch(pattern -> pattern.matcher(canonical).matches()
                        || pattern.matcher(variable).matches());
    }

    /**
     * Whether the image lacks it.
     *
     * @param orVacant whether it may have an empty directory there as well
     * @param orOfBase whether an unknown base image may have it as well
     */
    private boolean mayBeKept(ContainerPath path, boolean orVacant, boolean orOfBase) {
        TreeNode node = container.image().files().resolved(path);
        boolean isOfSystem =
                KeptName.isOfSystem(path) && !container.directories().isAtWork(path);
        if (path.isRoot() || isOfSystem || isMountedToBeRead(path)) {
            return false;
        }
        if (node.isDirectory()) {
            return orVacant
                    && StatedDirectories.isVacant(node)
                    && node.provenance().location().isPresent();
        }
        return node.isMissing() || (orOfBase && StatedDirectories.isOfBase(node));
    }

    private boolean isMountedToBeRead(ContainerPath path) {
        boolean mounted = container.mounts().stream().anyMatch(path::isAtOrBelow);
        return mounted
                && ImpliedNeeds.of(container.definition(), container.image()).stream()
                        .noneMatch(need -> path.isAtOrBelow(need.alternatives().get(0)))
                && container.image().config().volumes().declared().stream()
                        .noneMatch(volume -> path.isAtOrBelow(volume.path()));
    }

    private void add(ContainerPath path, Kind kind, String says, Location location, Optional<Keeps> keeps) {
        Evidence evidence = found.stated(says, Optional.of(location)).keeping(keeps);
        found.add(new Need(List.of(path), Impact.FEATURE, false, kind != Kind.FILE, List.of(evidence)).of(kind));
    }
}
