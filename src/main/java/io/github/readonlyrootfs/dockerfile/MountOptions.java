// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What BuildKit checks of {@code RUN --mount=} before it knows any variable: a line of comma-separated values. */
final class MountOptions {

    private MountOptions() {}

    static void check(Instruction.Flag flag) throws Rejection {
        for (String field : fields(flag)) {
            int equals = field.indexOf('=');
            boolean from = equals >= 0
                    && field.substring(0, equals).toLowerCase(Locale.ROOT).equals("from");
            int dollar = field.indexOf('$', equals);
            if (from && dollar >= 0 && dollar < field.length() - 1) {
                throw Rejection.meaning(
                        flag.location(),
                        "variables are not expanded in the `from` of a mount",
                        "add a stage for that image (FROM image AS name) and name the stage");
            }
        }
    }

    private static List<String> fields(Instruction.Flag flag) throws Rejection {
        String line = flag.value().text();
        if (line.isEmpty()) {
            throw malformed(flag, "it is empty");
        }
        List<String> fields = new ArrayList<>();
        int pos = 0;
        while (pos <= line.length()) {
            if (line.startsWith("\"", pos)) {
                StringBuilder field = new StringBuilder();
                pos = quoted(line, pos + 1, field, flag);
                fields.add(field.toString());
            } else {
                int comma = line.indexOf(',', pos);
                int end = comma < 0 ? line.length() : comma;
                String field = line.substring(pos, end);
                if (field.indexOf('"') >= 0) {
                    throw malformed(flag, "a quote inside a field");
                }
                fields.add(field);
                pos = end + 1;
            }
        }
        return fields;
    }

    /** Reads a quoted field up to the comma behind it; returns where the next one begins. */
    private static int quoted(String line, int start, StringBuilder field, Instruction.Flag flag) throws Rejection {
        int pos = start;
        while (true) {
            int quote = line.indexOf('"', pos);
            if (quote < 0) {
                throw malformed(flag, "a quote is not closed");
            }
            field.append(line, pos, quote);
            pos = quote + 1;
            if (pos == line.length() || line.charAt(pos) == ',') {
                return pos + 1;
            }
            if (line.charAt(pos) != '"') {
                throw malformed(flag, "something follows a closing quote");
            }
            field.append('"');
            pos++;
        }
    }

    private static Rejection malformed(Instruction.Flag flag, String why) {
        return Rejection.meaning(
                flag.location(), "--mount cannot be read: " + why, "write it like --mount=type=cache,target=/root/.m2");
    }
}
