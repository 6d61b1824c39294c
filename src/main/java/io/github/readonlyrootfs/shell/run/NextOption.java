// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.shell.state.Status;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step of {@code getopts}, as POSIX has it. */
final class NextOption {

    private static final String INDEX = "OPTIND";

    /** Where in a word with several letters the next one is. No script has a variable of that name. */
    private static final String OFFSET = "getopts offset";

    private final Shell shell;
    private final Call call;
    private final Field letters;
    private final String name;

    /** @param call of {@code getopts}, with at least the letters and a name */
    NextOption(Shell shell, Call call) {
        this.shell = shell;
        this.call = call;
        this.letters = call.arguments().get(0);
        this.name = call.arguments().get(1).text();
    }

    Status status() {
        Optional<List<Field>> arguments = call.arguments().size() > 2
                ? Optional.of(call.arguments().subList(2, call.arguments().size()))
                : shell.arguments();
        Optional<Integer> index = number(INDEX);
        Optional<Integer> offset = number(OFFSET);
        if (arguments.isEmpty() || index.isEmpty() || offset.isEmpty() || !letters.known()) {
            return unknown();
        }
        List<Field> all = arguments.get();
        if (index.get() > all.size()) {
            return end(index.get());
        }
        Field word = all.get(index.get() - 1);
        String text = word.text();
        if (!word.known()) {
            return unknown();
        }
        if (!text.startsWith("-") || text.length() == 1) {
            return end(index.get());
        }
        return text.equals("--")
                ? end(index.get() + 1)
                : letter(all, index.get(), Math.min(offset.get(), text.length() - 1));
    }

    private Status letter(List<Field> all, int index, int offset) {
        String text = all.get(index - 1).text();
        String known = letters.text();
        boolean silent = known.startsWith(":");
        char letter = text.charAt(offset);
        int at = letter == ':' ? -1 : known.indexOf(letter);
        boolean last = offset + 1 == text.length();
        boolean takesValue = at >= 0 && known.startsWith(":", at + 1);
        if (!takesValue) {
            Text invalid = at < 0 && silent ? Text.of(String.valueOf(letter)) : null;
            return option(at < 0 ? '?' : letter, invalid, last ? index + 1 : index, last ? 1 : offset + 1);
        }
        if (!last) {
            return option(letter, Text.of(text.substring(offset + 1)), index + 1, 1);
        }
        if (index < all.size()) {
            return option(letter, all.get(index).value(), index + 2, 1);
        }
        return silent ? option(':', Text.of(String.valueOf(letter)), index + 1, 1) : option('?', null, index + 1, 1);
    }

    private Status option(char letter, @Nullable Text value, int index, int offset) {
        assign(name, Text.of(String.valueOf(letter)));
        if (value == null) {
            shell.unset("OPTARG");
        } else {
            assign("OPTARG", value);
        }
        assign(INDEX, Text.of(index));
        assign(OFFSET, Text.of(offset));
        return Status.SUCCESS;
    }

    private Status end(int index) {
        option('?', null, index, 1);
        return Status.FAILURE;
    }

    private Status unknown() {
        List.of(name, "OPTARG", INDEX, OFFSET).forEach(variable -> assign(variable, Text.UNKNOWN));
        return Status.UNKNOWN;
    }

    private void assign(String variable, Text value) {
        shell.assign(variable, value, call.location());
    }

    /** The number in a variable, which begins with 1. */
    private Optional<Integer> number(String variable) {
        return shell.lookup(variable)
                .value()
                .orElse(Text.of(1))
                .known()
                .filter(text -> text.matches("[1-9]\\d{0,5}"))
                .map(Integer::valueOf);
    }
}
