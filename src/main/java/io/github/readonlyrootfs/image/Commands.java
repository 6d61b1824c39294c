package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.shell.run.Call;
import io.github.readonlyrootfs.shell.run.Field;
import io.github.readonlyrootfs.shell.run.InPlaceEdit;
import io.github.readonlyrootfs.shell.run.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The commands whose effects are known: those that decide ownership, and those that change no directory. */
final class Commands {

    private static final Map<String, ShellCommand> KNOWN = known();

    /** They leave the content of files alone. */
    private static final Set<String> ATTRIBUTES = Set.of("chown", "chgrp", "chmod", "touch");

    /** They leave the content of every file alone that they are told: of those that do not, it is not known any more. */
    private static final Set<String> KEEP_CONTENT = Set.of(
            "chown", "chgrp", "chmod", "touch", "cp", "mv", "ln", "rm", "install", "mkdir", "find", "tee", "which",
            "type");

    /** They print nothing unless they are told to. */
    private static final Set<String> SILENT = Set.of(
            "chown",
            "chgrp",
            "chmod",
            "touch",
            "cp",
            "mv",
            "ln",
            "rm",
            "install",
            "mkdir",
            "rmdir",
            "useradd",
            "groupadd",
            "usermod",
            "groupmod",
            "userdel",
            "groupdel",
            "tee");

    private static final Pattern CARRIAGE_RETURN = Pattern.compile("s/\\\\r(\\$)?//g?");

    private final Invocation call;

    Commands(Invocation call) {
        this.call = call;
    }

    /** Does what the command does; what an unknown one names may be anything afterwards. */
    Status run() {
        String name = call.name();
        Optional<InPlaceEdit> edit =
                name.equals("sed") && !stripsCarriageReturns() ? InPlaceEdit.of(call.words()) : Optional.empty();
        if (edit.isPresent()) {
            return TreeCommands.edit(call, edit.get());
        }
        if (!KEEP_CONTENT.contains(name) && !stripsCarriageReturns()) {
            call.words().forEach(call::rewrite);
        }
        ShellCommand known = KNOWN.get(name);
        if (known == null) {
            if (!isHarmless(name)) {
                call.taintWords();
            }
            return Status.ASSUMED_SUCCESS;
        }
        Node passwd = call.tree().at(AccountFiles.PASSWD);
        Node group = call.tree().at(AccountFiles.GROUP);
        Status status = known.run(call);
        if (!ATTRIBUTES.contains(name)) {
            AccountFiles.compare(call.files(), passwd, group);
        }
        return status;
    }

    /** Files that were written on Windows are mended so; a script's reader does not mind these characters. */
    private boolean stripsCarriageReturns() {
        return call.name().equals("dos2unix")
                || (call.name().equals("sed")
                        && call.words().stream()
                                .anyMatch(word -> word.isExact()
                                        && CARRIAGE_RETURN.matcher(word.text()).matches()));
    }

    /** Whether what a command prints is nothing. */
    static boolean isSilent(Invocation call) {
        return SILENT.contains(call.name())
                && call.words().stream().noneMatch(word -> word.text().matches("-[A-Za-z]*v[A-Za-z]*|--verbose"));
    }

    /** What did something, for people: {@code RUN chown}. */
    static String label(List<Field> words) {
        if (words.isEmpty() || !words.get(0).isExact()) {
            return "RUN";
        }
        String name = Call.baseName(words.get(0).text());
        return name.matches("[\\w.+-]{1,30}") ? "RUN " + name : "RUN";
    }

    /** Read when it is first asked. */
    private static final class Harmless {
        static final Set<String> NAMES = read();

        private static Set<String> read() {
            Set<String> names = new HashSet<>();
            try (InputStream in = Commands.class.getResourceAsStream("harmless-commands.txt")) {
                if (in == null) {
                    throw new IllegalStateException("harmless-commands.txt is missing");
                }
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (!line.startsWith("#")) {
                        names.addAll(Arrays.asList(line.trim().split(" ", -1)));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return names;
        }
    }

    /** Whether it never changes the owner or mode of a directory that exists, even one that it is told. */
    static boolean isHarmless(String name) {
        return Harmless.NAMES.contains(name);
    }

    private static Map<String, ShellCommand> known() {
        Map<String, ShellCommand> commands = new HashMap<>();
        commands.put("mkdir", DirectoryCommands::mkdir);
        commands.put("rmdir", DirectoryCommands::rmdir);
        commands.put("chown", OwnershipCommands::chown);
        commands.put("chgrp", OwnershipCommands::chgrp);
        commands.put("chmod", OwnershipCommands::chmod);
        commands.put("cp", CopyCommands::cp);
        commands.put("rsync", CopyCommands::rsync);
        commands.put("gpasswd", ShadowCommands::gpasswd);
        commands.put("mv", CopyCommands::mv);
        commands.put("ln", CopyCommands::ln);
        commands.put("touch", FileCommands::touch);
        commands.put("rm", FileCommands::rm);
        commands.put("install", FileCommands::install);
        commands.put("useradd", ShadowCommands::useradd);
        commands.put("groupadd", ShadowCommands::groupadd);
        commands.put("usermod", ShadowCommands::usermod);
        commands.put("groupmod", ShadowCommands::groupmod);
        commands.put("userdel", ShadowCommands::userdel);
        commands.put("groupdel", ShadowCommands::groupdel);
        commands.put("adduser", AdduserCommands::adduser);
        commands.put("addgroup", AdduserCommands::addgroup);
        commands.put("deluser", AdduserCommands::deluser);
        commands.put("delgroup", ShadowCommands::groupdel);
        commands.put("find", TreeCommands::find);
        commands.put("tar", TreeCommands::tar);
        commands.put("unzip", TreeCommands::unzip);
        commands.put("sed", TreeCommands::sed);
        commands.put("apt", PackageCommands::apt);
        commands.put("apt-get", PackageCommands::apt);
        commands.put("aptitude", PackageCommands::apt);
        commands.put("apk", PackageCommands::apk);
        commands.put("yum", PackageCommands::yum);
        commands.put("dnf", PackageCommands::yum);
        commands.put("microdnf", PackageCommands::yum);
        commands.put("zypper", PackageCommands::yum);
        commands.put("dpkg", PackageCommands::file);
        commands.put("rpm", PackageCommands::file);
        commands.put("tee", TreeCommands::tee);
        return commands;
    }
}
