// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Hole.Variable;
import io.github.readonlyrootfs.partial.Hole.Variable.Kind;
import io.github.readonlyrootfs.partial.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/** The texts that methods of the JDK and of frameworks return. */
final class Results {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)}");

    /** The name of the jar is nobody's matter. */
    private static final Text PLACE_OF_CODE =
            PathVariables.property(PathVariables.JAR_DIRECTORY).below(Text.of("*.jar"));

    private Results() {}

    /** A value converted to text. */
    static Text printed(PathValue value, Type type) {
        if (value instanceof PathValue.IntConstant number) {
            return switch (type.getSort()) {
                case Type.CHAR -> Text.of(String.valueOf((char) number.value()));
                case Type.BYTE, Type.SHORT, Type.INT -> Text.of(String.valueOf(number.value()));
                default -> Text.UNKNOWN;
            };
        }
        return value.path();
    }

    static Text withoutScheme(Text uri) {
        if (uri.equals(PLACE_OF_CODE)) {
            return uri;
        }
        int from = uri.raw().startsWith("file://") ? "file://".length() : "file:".length();
        return uri.raw().startsWith("file:/") ? uri.slice(from, uri.raw().length()) : Text.UNKNOWN;
    }

    /** What a text in the encoding of URLs stands for, where nothing in it is encoded. */
    static Text decoded(Text text) {
        boolean plain =
                text.isKnown() && !text.raw().contains("%") && !text.raw().contains("+");
        return plain || text.equals(PLACE_OF_CODE) ? text : Text.UNKNOWN;
    }

    /** The URL of the place that classes are loaded from: its text is the path. */
    static Text url(MethodInsnNode call, Text self) {
        return switch (call.name) {
            case "getLocation" -> PLACE_OF_CODE;
            case "getPath", "getFile", "toURI" -> self;
            case "toString", "toExternalForm" -> Text.of("file:").plus(self);
            default -> Text.UNKNOWN;
        };
    }

    /** A file or directory with a name of its own in the directory that a call names. */
    static Text temporary(MethodInsnNode call, List<PathValue> arguments) {
        return WriteCall.of(call)
                .flatMap(made -> made.path(call, Optional.empty(), arguments))
                .map(directory -> directory.below(Text.UNKNOWN))
                .orElse(Text.UNKNOWN);
    }

    static Text environment(MethodInsnNode call, List<PathValue> values) {
        if (!(values.get(0) instanceof PathValue.Environment) || values.size() < 2) {
            return Text.UNKNOWN;
        }
        Text variable = values.get(1)
                .path()
                .known()
                .map(name -> PathVariables.of(Kind.ENVIRONMENT_VARIABLE, name, Optional.empty()))
                .orElse(Text.UNKNOWN);
        return switch (call.name) {
            case "get" -> variable;
            case "getOrDefault" -> PathVariables.orElse(variable, values.get(2).path());
            default -> Text.UNKNOWN;
        };
    }

    /** The value of a key in a framework's environment. */
    static Text key(MethodInsnNode call, List<PathValue> arguments) {
        Optional<String> name = name(arguments);
        if (name.isEmpty()) {
            return Text.UNKNOWN;
        }
        Text key = PathVariables.of(Kind.KEY, name.get(), Optional.empty());
        return switch (call.name) {
            case "getRequiredProperty", "getValue", "getOptionalValue" -> key;
            case "getProperty" ->
                call.desc.startsWith("(Ljava/lang/String;Ljava/lang/String;)")
                        ? PathVariables.orElse(key, arguments.get(1).path())
                        : arguments.size() == 1 ? key : Text.UNKNOWN;
            default -> Text.UNKNOWN;
        };
    }

    /** A node of Helidon's configuration: the variable of its key, which is empty for the root. */
    static Text node(MethodInsnNode call, Text self, List<PathValue> arguments) {
        if (arguments.isEmpty()) {
            return switch (call.name) {
                case "create", "global" -> PathVariables.of(Kind.KEY, "", Optional.empty());
                case "asString" -> self;
                default -> Text.UNKNOWN;
            };
        }
        Optional<String> child = call.name.equals("get") ? name(arguments) : Optional.empty();
        return child.isPresent()
                        && PathVariables.only(self).isPresent()
                        && self.first().orElse(null) instanceof Variable parent
                ? PathVariables.of(
                        Kind.KEY,
                        parent.name().isEmpty() ? child.get() : parent.name() + "." + child.get(),
                        Optional.empty())
                : Text.UNKNOWN;
    }

    private static Optional<String> name(List<PathValue> arguments) {
        return arguments.isEmpty() ? Optional.empty() : arguments.get(0).path().known();
    }

    static Text system(MethodInsnNode call, List<PathValue> arguments) {
        Optional<String> name = name(arguments);
        if (name.isEmpty()) {
            return Text.UNKNOWN;
        }
        if (call.name.equals("getenv")) {
            return PathVariables.of(Kind.ENVIRONMENT_VARIABLE, name.get(), Optional.empty());
        }
        if (!call.name.equals("getProperty")) {
            return Text.UNKNOWN;
        }
        Text property = PathVariables.property(name.get());
        return arguments.size() == 1
                ? property
                : PathVariables.orElse(property, arguments.get(1).path());
    }

    static Text path(MethodInsnNode call, Text self, List<PathValue> arguments) {
        return switch (call.name) {
            case "of", "get" ->
                call.desc.startsWith("(Ljava/lang/String;")
                        ? joined(arguments)
                        : arguments.get(0).path();
            case "toUri" -> Text.of("file:").plus(self);
            case "resolve" -> self.resolve(arguments.get(0).path());
            case "resolveSibling" -> self.parent().resolve(arguments.get(0).path());
            case "getParent" -> self.parent();
            case "toAbsolutePath", "toRealPath" -> absolute(self);
            case "normalize", "toFile", "toString" -> self;
            default -> Text.UNKNOWN;
        };
    }

    /** {@code Path.of(first, more...)}. */
    static Text joined(List<PathValue> arguments) {
        Text text = arguments.get(0).path();
        if (!(arguments.get(1) instanceof PathValue.Array more)) {
            return text.below(Text.UNKNOWN);
        }
        for (PathValue element : more.elements()) {
            text = text.below(element.path());
        }
        return text;
    }

    static Text file(MethodInsnNode call, Text self, List<PathValue> arguments) {
        return switch (call.name) {
            case "toPath", "getPath", "toString" -> self;
            case "getAbsolutePath", "getAbsoluteFile", "getCanonicalPath", "getCanonicalFile" -> absolute(self);
            case "getParent", "getParentFile" -> self.parent();
            case "toURI" -> Text.of("file:").plus(self);
            case "createTempFile" -> temporary(call, arguments);
            default -> Text.UNKNOWN;
        };
    }

    /** The text of the same path from the root on: {@code ""} is the working directory. */
    private static Text absolute(Text path) {
        boolean begins = path.raw().startsWith("/") || path.first().isPresent();
        return begins || path.raw().startsWith("file:")
                ? path
                : PathVariables.property("user.dir").below(path);
    }

    static Text string(MethodInsnNode call, Text self, List<PathValue> arguments) {
        return switch (call.name) {
            case "toString", "intern" -> self;
            case "trim", "strip" ->
                self.known().map(text -> Text.of(text.strip())).orElse(self);
            case "toLowerCase", "toUpperCase", "substring" ->
                self.known().map(text -> changed(call, text, arguments)).orElse(Text.UNKNOWN);
            case "concat" -> self.plus(arguments.get(0).path());
            case "valueOf" ->
                call.desc.startsWith("(Ljava/lang/Object;") ? arguments.get(0).path() : Text.UNKNOWN;
            case "replace" -> replaced(call, self, arguments);
            case "join" ->
                joined(
                        arguments.get(1) instanceof PathValue.Array array ? array.elements() : List.of(),
                        arguments.get(0).path());
            case "format" ->
                call.desc.startsWith("(Ljava/lang/String;")
                        ? formatted(arguments.get(0), arguments.get(1))
                        : Text.UNKNOWN;
            case "formatted" -> formatted(new PathValue.Textual(self), arguments.get(0));
            default -> Text.UNKNOWN;
        };
    }

    private static Text changed(MethodInsnNode call, String text, List<PathValue> arguments) {
        if (!call.name.equals("substring")) {
            return Text.of(
                    call.name.equals("toLowerCase") ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT));
        }
        List<Integer> bounds = new ArrayList<>();
        for (PathValue argument : arguments) {
            if (argument instanceof PathValue.IntConstant number) {
                bounds.add(number.value());
            }
        }
        int from = bounds.isEmpty() ? -1 : bounds.get(0);
        int to = bounds.size() > 1 ? bounds.get(1) : text.length();
        boolean inside = bounds.size() == arguments.size() && from >= 0 && from <= to && to <= text.length();
        return inside ? Text.of(text.substring(from, to)) : Text.UNKNOWN;
    }

    /** The parts of a known text between separators that are no regular expression. */
    static Optional<List<Text>> split(Text self, List<PathValue> arguments) {
        Optional<String> text = self.known();
        Optional<String> separator = name(arguments).filter(it -> it.matches("[^\\\\.$|()\\[{^?*+]"));
        return arguments.size() == 1 && text.isPresent() && separator.isPresent()
                ? Optional.of(Stream.of(text.get().split(separator.get()))
                        .map(Text::of)
                        .toList())
                : Optional.empty();
    }

    /** The elements of a list or stream with a separator between them. */
    static Text joined(List<PathValue> parts, Text separator) {
        Text text = parts.isEmpty() ? Text.UNKNOWN : parts.get(0).path();
        for (PathValue part : parts.subList(Math.min(1, parts.size()), parts.size())) {
            text = text.plus(separator).plus(part.path());
        }
        return text;
    }

    /** {@code MessageFormat.format}, of which only the numbers of arguments are known. */
    static Text message(List<PathValue> arguments) {
        Optional<String> pattern = name(arguments).filter(it -> it.indexOf('\'') < 0);
        if (pattern.isEmpty() || !(arguments.get(1) instanceof PathValue.Array array)) {
            return Text.UNKNOWN;
        }
        Matcher numbers = ARGUMENT.matcher(pattern.get());
        if (numbers.replaceAll("").matches("(?s).*[{}].*")) {
            // It has an argument with a format.
            return Text.UNKNOWN;
        }
        numbers.reset();
        Text text = Text.EMPTY;
        int next = 0;
        while (numbers.find()) {
            text = text.plus(Text.of(pattern.get().substring(next, numbers.start())))
                    .plus(array.at(Integer.parseInt(numbers.group(1)))
                            .map(PathValue::path)
                            .orElse(Text.UNKNOWN));
            next = numbers.end();
        }
        return text.plus(Text.of(pattern.get().substring(next)));
    }

    private static Text replaced(MethodInsnNode call, Text self, List<PathValue> arguments) {
        Type type = Type.getArgumentTypes(call.desc)[0];
        Optional<String> text = self.known();
        Optional<String> old = printed(arguments.get(0), type).known();
        Optional<String> now = printed(arguments.get(1), type).known();
        return text.isPresent() && old.isPresent() && now.isPresent()
                ? Text.of(text.get().replace(old.get(), now.get()))
                : Text.UNKNOWN;
    }

    /** Formats a text; only {@code %s} is known. */
    static Text formatted(PathValue format, PathValue arguments) {
        Optional<String> pattern = format.path().known();
        if (pattern.isEmpty() || !(arguments instanceof PathValue.Array array)) {
            return pattern.filter(it -> it.indexOf('%') < 0).map(Text::of).orElse(Text.UNKNOWN);
        }
        Text text = Text.EMPTY;
        String rest = pattern.get();
        for (PathValue argument : array.elements()) {
            int percent = rest.indexOf('%');
            if (percent < 0 || !rest.startsWith("%s", percent)) {
                break;
            }
            text = text.plus(Text.of(rest.substring(0, percent))).plus(argument.path());
            rest = rest.substring(percent + 2);
        }
        int percent = rest.indexOf('%');
        return percent < 0
                ? text.plus(Text.of(rest))
                : text.plus(Text.of(rest.substring(0, percent))).plus(Text.UNKNOWN);
    }

    static Text appended(MethodInsnNode call, Text self, List<PathValue> arguments) {
        Type[] types = Type.getArgumentTypes(call.desc);
        return types.length == 1 ? self.plus(printed(arguments.get(0), types[0])) : Text.UNKNOWN;
    }
}
