// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Hole.Variable.Kind;
import io.github.readonlyrootfs.partial.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Interpreter;

/** Evaluates operations on the texts of paths; everything else is {@link PathValue.Other}. */
final class PathInterpreter extends Interpreter<PathValue> {

    private static final BasicInterpreter SIZES = new BasicInterpreter();

    private static final Set<String> COLLECTIONS = Set.of(
            "java/util/List", "java/util/Set", "java/util/Arrays", "java/util/EnumSet", "java/util/stream/Stream");

    private static final Set<String> MAPS =
            Set.of("java/util/Map.of", "java/util/Collections.singletonMap", "java/util/Collections.emptyMap");

    private static final String TEXTS = "[Ljava/lang/String;";

    private static final Set<String> MAKING = Set.of("of", "asList");

    /** Methods that make tasks of code. */
    private static final Set<String> TASKS = Set.of("submit", "runAsync", "supplyAsync", "invokeAll");

    private static final Set<String> KEEPING = Set.of(
            "java/lang/String.trim",
            "java/lang/String.strip",
            "java/io/File.<init>",
            "java/io/File.toPath",
            "java/nio/file/Path.toFile");

    private final FieldTexts fields;

    /** The known parameters, by local variable. */
    private final Map<Integer, Text> parameters;

    private final Fallbacks fallbacks;

    /** Which element a loop over a list or array has: a method is analysed for each of them. */
    private final int turn;

    private int widest = 1;

    PathInterpreter(FieldTexts fields, Map<Integer, Text> parameters, Fallbacks fallbacks, int turn) {
        super(Opcodes.ASM9);
        this.turn = turn;
        this.fields = fields;
        this.parameters = parameters;
        this.fallbacks = fallbacks;
    }

    /** How many elements the longest list or array has that the method loops over. */
    int widest() {
        return widest;
    }

    Fallbacks fallbacks() {
        return fallbacks;
    }

    private PathValue value(Text text) {
        return PathValue.text(fallbacks.read(text));
    }

    private static @Nullable PathValue sized(@Nullable BasicValue value) {
        return value == null ? null : new PathValue.Other(value.getSize());
    }

    @Override
    @SuppressWarnings("NullAway") // ASM's null stands for void.
    public PathValue newValue(@Nullable Type type) {
        // No compiler generates a field with the type of a method.
        return type == null || type.getSort() == Type.METHOD ? new PathValue.Other(1) : sized(SIZES.newValue(type));
    }

    @Override
    public PathValue newParameterValue(boolean instanceMethod, int local, Type type) {
        Text injected = parameters.get(local);
        return injected != null
                ? value(injected)
                : type.getDescriptor().equals(TEXTS) ? new PathValue.Arguments() : newValue(type);
    }

    @Override
    @SuppressWarnings("NullAway")
    public PathValue newOperation(AbstractInsnNode instruction) throws AnalyzerException {
        int opcode = instruction.getOpcode();
        if (opcode == Opcodes.ACONST_NULL) {
            return new PathValue.Null();
        }
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            return new PathValue.IntConstant(opcode - Opcodes.ICONST_0);
        }
        if (instruction instanceof IntInsnNode number && opcode != Opcodes.NEWARRAY) {
            return new PathValue.IntConstant(number.operand);
        }
        if (instruction instanceof LdcInsnNode constant) {
            if (constant.cst instanceof String text) {
                return new PathValue.Textual(Text.of(text));
            }
            if (constant.cst instanceof Integer number) {
                return new PathValue.IntConstant(number);
            }
            if (constant.cst instanceof Type type && type.getSort() == Type.OBJECT) {
                return new PathValue.ClassLiteral(type.getInternalName());
            }
        }
        if (opcode == Opcodes.NEW) {
            return new PathValue.Fresh(instruction);
        }
        if (instruction instanceof FieldInsnNode field) {
            return field(field);
        }
        return sized(SIZES.newOperation(instruction));
    }

    private PathValue field(FieldInsnNode field) {
        Type type = Type.getType(field.desc);
        if (field.owner.equals("java/io/File") && field.name.startsWith("separator")) {
            return new PathValue.Textual(Text.of("/"));
        }
        if (type.getSort() == Type.OBJECT && type.getInternalName().equals(field.owner)) {
            return new PathValue.Constant(field.owner, field.name);
        }
        return fields.text(field.owner, field.name).map(this::value).orElseGet(() -> newValue(type));
    }

    @Override
    public PathValue copyOperation(AbstractInsnNode instruction, PathValue value) {
        return value;
    }

    @Override
    @SuppressWarnings("NullAway")
    public PathValue unaryOperation(AbstractInsnNode instruction, PathValue value) throws AnalyzerException {
        return switch (instruction.getOpcode()) {
            case Opcodes.CHECKCAST -> value;
            case Opcodes.ANEWARRAY -> new PathValue.Array(instruction, List.of());
            case Opcodes.GETFIELD -> {
                FieldInsnNode field = (FieldInsnNode) instruction;
                yield fields.text(field.owner, field.name)
                        .map(this::value)
                        .orElseGet(() -> newValue(Type.getType(field.desc)));
            }
            default -> sized(SIZES.unaryOperation(instruction, BasicValue.REFERENCE_VALUE));
        };
    }

    @Override
    @SuppressWarnings("NullAway")
    public PathValue binaryOperation(AbstractInsnNode instruction, PathValue left, PathValue right)
            throws AnalyzerException {
        if (instruction.getOpcode() == Opcodes.AALOAD && left instanceof PathValue.Array array) {
            Optional<PathValue> element =
                    right instanceof PathValue.IntConstant index ? array.at(index.value()) : element(array);
            if (element.isPresent()) {
                return element.get();
            }
        }
        return sized(SIZES.binaryOperation(instruction, BasicValue.REFERENCE_VALUE, BasicValue.REFERENCE_VALUE));
    }

    @Override
    @SuppressWarnings("NullAway")
    public PathValue ternaryOperation(
            AbstractInsnNode instruction, PathValue first, PathValue second, PathValue third) {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public PathValue naryOperation(AbstractInsnNode instruction, List<? extends PathValue> values)
            throws AnalyzerException {
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            if (dynamic.bsmArgs.length > 1 && dynamic.bsmArgs[1] instanceof Handle code) {
                return new PathValue.Lambda(
                        code, Type.getReturnType(dynamic.desc).getInternalName());
            }
            return dynamic.name.equals("makeConcatWithConstants") && dynamic.bsmArgs[0] instanceof String recipe
                    ? PathValue.text(concatenation(recipe, dynamic, values))
                    : newValue(Type.getReturnType(dynamic.desc));
        }
        if (instruction instanceof MethodInsnNode call) {
            if (WriteCall.isStatic(call) && MAPS.contains(call.owner + "." + call.name)) {
                return PathValue.MadeMap.of(call, values);
            }
            if (WriteCall.isStatic(call) && COLLECTIONS.contains(call.owner) && MAKING.contains(call.name)) {
                return collection(call, values);
            }
            Optional<PathValue> passed = passed(call, values);
            if (passed.isPresent()) {
                return passed.get();
            }
            Text result = result(call, List.copyOf(values));
            if (call.owner.equals("java/lang/System") && values.isEmpty()) {
                return switch (call.name) {
                    case "getenv" -> new PathValue.Environment();
                    case "getProperties" -> new PathValue.SystemProperties();
                    default -> newValue(Type.getReturnType(call.desc));
                };
            }
            return result.equals(Text.UNKNOWN) ? newValue(Type.getReturnType(call.desc)) : value(result);
        }
        return sized(SIZES.naryOperation(instruction, List.of()));
    }

    /** A value that a call hands on: an element, an iterator of a list, the tasks of an executor. */
    private Optional<PathValue> passed(MethodInsnNode call, List<? extends PathValue> values) {
        if (call.name.equals("get") && values.size() == 2 && values.get(0) instanceof PathValue.MadeMap map) {
            return map.get(values.get(1).path()).map(PathValue::text);
        }
        if (!values.isEmpty() && values.get(0) instanceof PathValue.Array array && !WriteCall.isStatic(call)) {
            return switch (call.name) {
                case "iterator", "stream" -> Optional.of(array);
                case "next", "orElse", "orElseGet", "orElseThrow" -> element(array);
                case "map" -> Optional.of(mapped(call, array, values.get(1)));
                case "get" ->
                    values.size() == 2 && values.get(1) instanceof PathValue.IntConstant index
                            ? array.at(index.value())
                            : element(array);
                default -> Optional.empty();
            };
        }
        if ((call.name.equals("copyOf") || call.name.equals("clone"))
                && !values.isEmpty()
                && values.get(0) instanceof PathValue.Arguments) {
            return Optional.of(values.get(0));
        }
        if (call.owner.equals("java/util/Optional")
                && (call.name.equals("of")
                        || (call.name.equals("ofNullable")
                                && values.get(0).path().isKnown()))) {
            return Optional.of(new PathValue.Array(call, List.copyOf(values)));
        }
        if (call.owner.startsWith("java/util/concurrent/") && TASKS.contains(call.name)) {
            for (PathValue value : values) {
                if (value.isTask() || value instanceof PathValue.Array) {
                    return Optional.of(value);
                }
            }
        }
        return Optional.empty();
    }

    /** The elements of a stream that a method has made others of. */
    private PathValue mapped(MethodInsnNode call, PathValue.Array array, PathValue by) {
        List<PathValue> elements = new ArrayList<>();
        for (PathValue element : array.elements()) {
            elements.add(
                    by instanceof PathValue.Lambda lambda
                            ? PathValue.text(mapped(element, lambda.code()))
                            : new PathValue.Other(1));
        }
        return new PathValue.Array(call, List.copyOf(elements));
    }

    /** What makes paths of texts keeps their text. */
    private Text mapped(PathValue element, Handle by) {
        if (by.getTag() == Opcodes.H_INVOKESTATIC && Type.getArgumentCount(by.getDesc()) == 1) {
            return fields.returned(
                    new MethodInsnNode(
                            Opcodes.INVOKESTATIC, by.getOwner(), by.getName(), by.getDesc(), by.isInterface()),
                    List.of(element));
        }
        return KEEPING.contains(by.getOwner() + "." + by.getName()) ? element.path() : Text.UNKNOWN;
    }

    /** The element for this turn. */
    private Optional<PathValue> element(PathValue.Array array) {
        widest = Math.max(widest, array.elements().size());
        return array.elements().isEmpty()
                ? Optional.empty()
                : array.at(turn % array.elements().size());
    }

    /** A list or set of the arguments, or of the elements of an array that is the last one. */
    private static PathValue collection(MethodInsnNode call, List<? extends PathValue> values) {
        List<PathValue> elements = new ArrayList<>(values);
        if (call.desc.contains("[") && !elements.isEmpty()) {
            PathValue last = elements.remove(elements.size() - 1);
            if (!(last instanceof PathValue.Array array)) {
                return new PathValue.Other(1);
            }
            elements.addAll(array.elements());
        }
        return new PathValue.Array(call, List.copyOf(elements));
    }

    /** A recipe has the character 1 for an argument and 2 for a constant. */
    private static Text concatenation(String recipe, InvokeDynamicInsnNode dynamic, List<? extends PathValue> values) {
        Text text = Text.EMPTY;
        Type[] types = Type.getArgumentTypes(dynamic.desc);
        int argument = 0;
        int constant = 1;
        for (int i = 0; i < recipe.length(); i++) {
            char c = recipe.charAt(i);
            if (c == '\1') {
                text = text.plus(printed(values.get(argument), types[argument]));
                argument++;
            } else if (c == '\2') {
                text = text.plus(Text.of(String.valueOf(dynamic.bsmArgs[constant++])));
            } else {
                text = text.plus(Text.of(String.valueOf(c)));
            }
        }
        return text;
    }

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

    private Text result(MethodInsnNode call, List<PathValue> values) {
        boolean isStatic = WriteCall.isStatic(call);
        Text self = isStatic || values.isEmpty() ? Text.UNKNOWN : values.get(0).path();
        List<PathValue> arguments = isStatic ? values : values.subList(1, values.size());
        return switch (call.owner) {
            case "java/lang/System" -> system(call, arguments);
            case "java/nio/file/Path", "java/nio/file/Paths" -> path(call, self, arguments);
            case "java/io/File" -> file(call, self, arguments);
            case "java/lang/String" -> string(call, self, arguments);
            case "java/lang/StringBuilder", "java/lang/StringBuffer" ->
                call.name.equals("toString")
                        ? self
                        : call.name.equals("append") ? appended(call, self, arguments) : Text.UNKNOWN;
            case "java/nio/file/Files" ->
                call.name.startsWith("createTemp")
                        ? temporary(call, arguments)
                        : call.name.startsWith("create") && !arguments.isEmpty()
                                ? arguments.get(0).path()
                                : Text.UNKNOWN;
            case "java/util/Objects" ->
                switch (call.name) {
                    case "requireNonNull", "toString" -> arguments.get(0).path();
                    case "requireNonNullElse", "requireNonNullElseGet" ->
                        PathVariables.orElse(arguments.get(0).path(), supplied(arguments.get(1)));
                    default -> Text.UNKNOWN;
                };
            case "java/util/Optional" ->
                switch (call.name) {
                    case "ofNullable" -> arguments.get(0).path();
                    case "orElse", "orElseGet" -> PathVariables.orElse(self, supplied(arguments.get(0)));
                    case "get", "orElseThrow" -> self;
                    default -> Text.UNKNOWN;
                };
            case "java/util/Map" -> environment(call, values);
            case "org/springframework/core/env/Environment",
                    "org/springframework/core/env/ConfigurableEnvironment",
                    "org/springframework/core/env/PropertyResolver",
                    "org/eclipse/microprofile/config/Config" -> key(call, arguments);
            case "java/net/UnixDomainSocketAddress" ->
                call.name.equals("of") ? arguments.get(0).path() : Text.UNKNOWN;
            case "java/net/URI" ->
                call.name.equals("create")
                        ? arguments.get(0).path()
                        : call.name.equals("toString")
                                ? self
                                : call.name.equals("getPath") ? withoutScheme(self) : Text.UNKNOWN;
            default -> fields.returned(call, arguments);
        };
    }

    private static Text withoutScheme(Text uri) {
        int from = uri.raw().startsWith("file://") ? "file://".length() : "file:".length();
        return uri.raw().startsWith("file:/") ? uri.slice(from, uri.raw().length()) : Text.UNKNOWN;
    }

    /** The text of a value, or of what a lambda returns. */
    private Text supplied(PathValue value) {
        return value instanceof PathValue.Lambda lambda ? fields.returned(lambda.code()) : value.path();
    }

    /** A file or directory with a name of its own in the directory that a call names. */
    private static Text temporary(MethodInsnNode call, List<PathValue> arguments) {
        return WriteCall.of(call)
                .flatMap(made -> made.path(call, Optional.empty(), arguments))
                .map(directory -> directory.below(Text.UNKNOWN))
                .orElse(Text.UNKNOWN);
    }

    private static Text environment(MethodInsnNode call, List<PathValue> values) {
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
    private static Text key(MethodInsnNode call, List<PathValue> arguments) {
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

    private static Optional<String> name(List<PathValue> arguments) {
        return arguments.isEmpty() ? Optional.empty() : arguments.get(0).path().known();
    }

    private static Text system(MethodInsnNode call, List<PathValue> arguments) {
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

    private static Text path(MethodInsnNode call, Text self, List<PathValue> arguments) {
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
    private static Text joined(List<PathValue> arguments) {
        Text text = arguments.get(0).path();
        if (!(arguments.get(1) instanceof PathValue.Array more)) {
            return text.below(Text.UNKNOWN);
        }
        for (PathValue element : more.elements()) {
            text = text.below(element.path());
        }
        return text;
    }

    private static Text file(MethodInsnNode call, Text self, List<PathValue> arguments) {
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

    private static Text string(MethodInsnNode call, Text self, List<PathValue> arguments) {
        return switch (call.name) {
            case "toString", "intern" -> self;
            case "trim", "strip" ->
                self.known().map(text -> Text.of(text.strip())).orElse(self);
            case "concat" -> self.plus(arguments.get(0).path());
            case "valueOf" ->
                call.desc.startsWith("(Ljava/lang/Object;") ? arguments.get(0).path() : Text.UNKNOWN;
            case "replace" -> replaced(call, self, arguments);
            case "join" -> {
                List<PathValue> parts =
                        arguments.get(1) instanceof PathValue.Array array ? array.elements() : List.of();
                Text text = parts.isEmpty() ? Text.UNKNOWN : parts.get(0).path();
                for (PathValue part : parts.subList(Math.min(1, parts.size()), parts.size())) {
                    text = text.plus(arguments.get(0).path()).plus(part.path());
                }
                yield text;
            }
            case "format" ->
                call.desc.startsWith("(Ljava/lang/String;")
                        ? formatted(arguments.get(0), arguments.get(1))
                        : Text.UNKNOWN;
            case "formatted" -> formatted(new PathValue.Textual(self), arguments.get(0));
            default -> Text.UNKNOWN;
        };
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
    private static Text formatted(PathValue format, PathValue arguments) {
        Optional<String> pattern = format.path().known();
        if (pattern.isEmpty() || !(arguments instanceof PathValue.Array array)) {
            return Text.UNKNOWN;
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

    private static Text appended(MethodInsnNode call, Text self, List<PathValue> arguments) {
        Type[] types = Type.getArgumentTypes(call.desc);
        return types.length == 1 ? self.plus(printed(arguments.get(0), types[0])) : Text.UNKNOWN;
    }

    @Override
    public void returnOperation(AbstractInsnNode instruction, PathValue value, PathValue expected) {}

    @Override
    public PathValue merge(PathValue one, PathValue other) {
        return one.equals(other)
                ? one
                : fallbacks
                        .join(one, other)
                        .orElseGet(() -> new PathValue.Other(Math.min(one.getSize(), other.getSize())));
    }
}
