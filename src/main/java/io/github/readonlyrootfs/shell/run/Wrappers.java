// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Program;
import io.github.readonlyrootfs.program.Wrapper;
import io.github.readonlyrootfs.shell.state.Shells;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs that run the command they are given: where it begins, and which user runs it. */
final class Wrappers {

    /**
     * A command within another.
     *
     * @param words the command, its program first; empty if nothing is run
     * @param user the user who runs it, if that is another one
     * @param group the group that runs it, if it is named separately
     * @param assignments the variables that it is given
     * @param login whether it runs in a login shell, which may change the umask
     */
    record Wrapped(
            List<Field> words,
            Optional<Field> user,
            Optional<Field> group,
            Map<String, Text> assignments,
            boolean login) {}

    /**
     * What CrowdStrike's {@code falconutil} puts before the command of each container of a task definition, after a
     * shell of the sensor's own. It starts the sensor and then runs its arguments (from public task definitions that
     * were patched).
     */
    private static final String FALCON_ENTRYPOINT = "/tmp/CrowdStrike/rootfs/entrypoint-ecs.sh";

    private Wrappers() {}

    /**
     * The command that is wrapped; empty if the program is not a wrapper.
     *
     * @param words with the program first
     */
    static Optional<Wrapped> unwrap(List<Field> words) {
        String name = words.get(0).baseName();
        if (name.equals("su") || name.equals("runuser")) {
            return Optional.of(switchedUser(name, words));
        }
        if (Shells.isShell(name) && words.size() > 1 && words.get(1).is(FALCON_ENTRYPOINT)) {
            return Optional.of(
                    new Wrapped(words.subList(2, words.size()), Optional.empty(), Optional.empty(), Map.of(), false));
        }
        Optional<Wrapper> wrapper = Program.wrapper(name);
        boolean other = wrapper.isPresent() && wrapper.get().hasOtherVerb(words);
        boolean asks = name.equals("command")
                && words.size() > 1
                && words.get(1).text().matches("-[vV]");
        return other || asks ? Optional.empty() : wrapper.map(known -> unwrap(known, words));
    }

    private static Wrapped unwrap(Wrapper wrapper, List<Field> words) {
        Optional<Field> user = wrapper.user().equals("sudo") ? Optional.of(Field.of("root")) : Optional.empty();
        Optional<Field> group = Optional.empty();
        Map<String, Text> assignments = new LinkedHashMap<>();
        int left = wrapper.operands();
        int at = 1;
        while (at < words.size()) {
            Field word = words.get(at);
            String text = word.text();
            if (word.is("--")) {
                at++;
                if (left > 0 && at < words.size() && wrapper.user().equals("first")) {
                    user = Optional.of(words.get(at));
                }
                at += left;
                break;
            }
            if (text.startsWith("-") && text.length() > 1) {
                boolean takesNext = wrapper.takesNext(text) && at + 1 < words.size();
                Field value = takesNext ? words.get(at + 1) : attached(word);
                if (namesUser(wrapper, text)) {
                    user = Optional.of(value);
                } else if (text.startsWith("--regid") || text.matches("-g|--group(=.*)?")) {
                    group = Optional.of(value);
                }
                at += takesNext ? 2 : 1;
            } else if (wrapper.assigns() && text.matches("[A-Za-z_]\\w*=(?s:.*)")) {
                int equals = text.indexOf('=');
                assignments.put(text.substring(0, equals), word.from(equals + 1).value());
                at++;
            } else if (left > 0) {
                if (wrapper.user().equals("first")) {
                    user = Optional.of(word);
                }
                left--;
                at++;
            } else {
                break;
            }
        }
        if (wrapper.user().equals("--reuid") && user.isPresent() && group.isEmpty()) {
            // It does not change the group, and only root may use it.
            group = Optional.of(Field.of("0"));
        }
        return new Wrapped(words.subList(Math.min(at, words.size()), words.size()), user, group, assignments, false);
    }

    private static Field attached(Field option) {
        int equals = option.text().indexOf('=');
        return option.text().startsWith("--") ? option.from(equals + 1) : option.from(2);
    }

    private static boolean namesUser(Wrapper wrapper, String option) {
        return switch (wrapper.user()) {
            case "sudo" -> option.matches("-u.*|--user(=.*)?");
            case "-u" -> option.matches("-u.*");
            case "--reuid" -> option.matches("--reuid(=.*)?");
            default -> false;
        };
    }

    /** {@code su [-] user -c text}, {@code runuser -u user -- command}. */
    private static Wrapped switchedUser(String name, List<Field> words) {
        Optional<Field> user = Optional.empty();
        Optional<Field> text = Optional.empty();
        Optional<Field> group = Optional.empty();
        List<Field> operands = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            Field word = words.get(i);
            String option = word.text();
            boolean hasNext = i + 1 < words.size();
            if (word.is("--")) {
                operands.addAll(words.subList(i + 1, words.size()));
                break;
            } else if (option.matches("-l?c|--command|--session-command") && hasNext) {
                text = Optional.of(words.get(++i));
            } else if (option.startsWith("--command=")) {
                text = Optional.of(word.from("--command=".length()));
            } else if (option.matches("-u|--user") && name.equals("runuser") && hasNext) {
                user = Optional.of(words.get(++i));
            } else if (option.matches("-g|--group") && hasNext) {
                group = Optional.of(words.get(++i));
            } else if (option.matches("-s|-G|-w|--shell|--supp-group|--whitelist-environment") && hasNext) {
                i++;
            } else if (!option.startsWith("-") || option.isEmpty()) {
                operands.add(word);
                if (user.isPresent()) {
                    operands.addAll(words.subList(i + 1, words.size()));
                    break;
                }
            }
        }
        boolean asCommand = user.isPresent() && text.isEmpty();
        if (asCommand) {
            return new Wrapped(operands, user, group, Map.of(), false);
        }
        Field target = operands.isEmpty() ? Field.of("root") : operands.get(0);
        List<Field> command = new ArrayList<>();
        if (text.isPresent()) {
            command.addAll(List.of(Field.of("sh"), Field.of("-c"), text.get()));
            command.addAll(operands.subList(Math.min(1, operands.size()), operands.size()));
        }
        return new Wrapped(command, Optional.of(target), group, Map.of(), true);
    }
}
