package io.github.readonlyrootfs.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The commands whose effects are known: those that decide ownership, and those that change no directory. */
final class Commands {

    private static final Map<String, ShellCommand> KNOWN = known();

    private Commands() {}

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

    static Optional<ShellCommand> find(String name) {
        return Optional.ofNullable(KNOWN.get(name));
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
        commands.put("cd", Builtins::cd);
        commands.put("umask", Builtins::umask);
        commands.put("set", Builtins::set);
        commands.put("export", Builtins::assign);
        commands.put("local", Builtins::assign);
        commands.put("declare", Builtins::assign);
        commands.put("readonly", Builtins::assign);
        commands.put("typeset", Builtins::assign);
        commands.put("unset", Builtins::unset);
        commands.put("shift", Builtins::shift);
        commands.put("read", Builtins::read);
        commands.put("true", call -> Status.SUCCESS);
        commands.put(":", call -> Status.SUCCESS);
        commands.put("false", call -> Status.FAILURE);
        commands.put("echo", call -> Status.SUCCESS);
        commands.put("printf", call -> Status.SUCCESS);
        commands.put("test", Questions::test);
        commands.put("[", Questions::test);
        commands.put("[[", call -> Status.UNKNOWN);
        commands.put("((", call -> Status.UNKNOWN);
        commands.put("id", Questions::id);
        commands.put("getent", Questions::getent);
        commands.put("grep", call -> Status.UNKNOWN);
        commands.put("egrep", call -> Status.UNKNOWN);
        commands.put("fgrep", call -> Status.UNKNOWN);
        commands.put("which", call -> Status.UNKNOWN);
        commands.put("type", call -> Status.UNKNOWN);
        commands.put("command", call -> Status.UNKNOWN);
        commands.put("diff", call -> Status.UNKNOWN);
        commands.put("cmp", call -> Status.UNKNOWN);
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
