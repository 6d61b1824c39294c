// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

import io.github.readonlyrootfs.configuration.BooleanWords;
import io.github.readonlyrootfs.need.Framework;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that is set: {@code -Dname} is a system property, {@code $NAME} an environment variable, {@code code key} what the
 * application's own code gives a key, {@code code org.example.Type.method()} what it gives a method, anything else a key of the
 * application's configuration.
 *
 * @param written for display, as in the catalogue
 */
public record Variable(Kind kind, String name, String written) {

    enum Kind {
        PROPERTY,
        ENVIRONMENT,
        CODE,
        KEY
    }

    private static final Pattern FORM = Pattern.compile("(-D|\\$)?[\\w.*-]+|code [\\w.$-]+(\\(\\))?");

    private static final String CODE = "code ";

    static Variable parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a -Dproperty, $VARIABLE, code or configuration key: " + text);
        }
        if (text.startsWith(CODE)) {
            String name = text.substring(CODE.length());
            int type = name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1;
            return new Variable(
                    Kind.CODE, name, name.endsWith("()") ? name.substring(type, name.length() - "()".length()) : name);
        }
        if (text.startsWith("-D")) {
            return new Variable(Kind.PROPERTY, text.substring(2), text);
        }
        if (text.startsWith("$")) {
            return new Variable(Kind.ENVIRONMENT, text.substring(1), text.substring(1));
        }
        return new Variable(Kind.KEY, text, text);
    }

    /** Its values; a key with an asterisk can have several. */
    List<Value<String>> in(Circumstances circumstances) {
        return switch (kind) {
            case PROPERTY ->
                List.of(circumstances.application().container().application().property(name));
            case ENVIRONMENT -> List.of(circumstances.variable(name));
            case CODE -> List.of(circumstances.application().code().handed(name));
            case KEY -> circumstances.application().settings().get(name);
        };
    }

    /** The words for true and false. */
    BooleanWords words(Circumstances circumstances) {
        Optional<Framework> framework =
                kind == Kind.KEY ? circumstances.application().settings().framework() : Optional.empty();
        return framework.isPresent() ? framework.get().words() : BooleanWords.JAVA;
    }
}
