// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.shell.state.Call;
import io.github.readonlyrootfs.shell.state.ShellVariable;
import io.github.readonlyrootfs.shell.state.Status;
import java.util.List;
import java.util.Optional;

/** What {@code mktemp} makes. Its name is unknown; its directory may be known. */
final class TemporaryFile {

    /** At least so many letters X are replaced. */
    private static final int CHOSEN = 3;

    private final Call call;
    private final Options options;

    TemporaryFile(Call call) {
        this.call = call;
        this.options = Options.of("mktemp", call.arguments());
    }

    /** Prints the name and, except with {@code -u}, makes the file: the host is given its directory. */
    Status make() {
        String path = path().raw();
        if (!options.has("u", "dry-run")) {
            int slash = path.lastIndexOf('/');
            Text parent = new Text(slash < 0 ? "." : path.substring(0, Math.max(1, slash)));
            int before = call.out().length();
            Status status = call.shell()
                    .host()
                    .run(call.with(List.of(call.words().get(0), Field.of(parent).at(call.location()))));
            call.out().cut(before);
            if (status == Status.FAILURE) {
                return status;
            }
        }
        call.out().add(named(path).plus(Text.of("\n")));
        return Status.ASSUMED_SUCCESS;
    }

    /** The path before the letters X are replaced. */
    private Text path() {
        Optional<Text> template = options.operands().stream().map(Field::value).findFirst();
        Text name = template.orElse(Text.of("tmp.XXXXXXXXXX"));
        Optional<Text> directory = filled(options.value("p", "tmpdir").map(Field::value));
        boolean asItIs = template.isPresent() && !options.has("p", "tmpdir", "t");
        if (directory.isEmpty() && asItIs) {
            return name;
        }
        return directory
                .or(this::temporary)
                .orElse(Text.of("/tmp"))
                .plus(Text.of("/"))
                .plus(name);
    }

    private Optional<Text> temporary() {
        ShellVariable variable = call.shell().lookup("TMPDIR");
        return variable.exported() ? filled(variable.value()) : Optional.empty();
    }

    private static Optional<Text> filled(Optional<Text> value) {
        return value.filter(text -> !text.raw().isEmpty());
    }

    /** The last letters X of the template's name are replaced. */
    private Text named(String path) {
        int end = path.lastIndexOf('X') + 1;
        int start = end;
        while (start > 0 && path.charAt(start - 1) == 'X') {
            start--;
        }
        return end - start < CHOSEN || path.indexOf('/', end) >= 0
                ? Text.UNKNOWN
                : new Text(path.substring(0, start))
                        .plus(Text.UNKNOWN)
                        .plus(new Text(path.substring(end)))
                        .plus(options.value("suffix").map(Field::value).orElse(Text.EMPTY));
    }
}
