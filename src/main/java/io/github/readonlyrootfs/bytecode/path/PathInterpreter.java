// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
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

    private static final Set<String> GETTING = Set.of("get", "getOrDefault", "getProperty");

    private static final String TEXTS = "[Ljava/lang/String;";

    private static final Set<String> BOOLEANS = Set.of("true", "false");

    private static final Set<String> MAKING = Set.of("of", "asList", "stream");

    /** Methods that make tasks of code. */
    private static final Set<String> TASKS = Set.of("submit", "schedule", "runAsync", "supplyAsync", "invokeAll");

    private static final Set<String> KEEPING = Set.of(
            "java/lang/String.trim",
            "java/lang/String.strip",
            "java/io/File.<init>",
            "java/io/File.toPath",
            "java/nio/file/Path.toFile");

    /** A test that keeps them keeps what is not empty. */
    private static final List<PathValue> ANY_TEXTS =
            List.of(PathValue.text(Text.of("a")), PathValue.text(Text.of("/usr/share/some/longer/path.txt")));

    /** What holds in each turn of a loop. */
    static final int EVERY_TURN = -1;

    private final FieldTexts fields;

    /** The known parameters, by local variable. */
    private final Map<Integer, Text> parameters;

    private final Fallbacks fallbacks;

    private final PathValue.Arguments arguments;

    /** The variables that the method counts up. */
    private final Set<Integer> counters;

    /** Which element a loop over a list or array has: a method is analysed for each of them. */
    private final int turn;

    private int widest = 1;

    /** @param arguments what the method gets where it takes an array of texts */
    PathInterpreter(
            MethodNode method,
            FieldTexts fields,
            Map<Integer, Text> parameters,
            PathValue.Arguments arguments,
            Fallbacks fallbacks,
            int turn) {
        super(Opcodes.ASM9);
        this.counters = counters(method);
        this.arguments = arguments;
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
        if (injected != null && type.getSort() == Type.BOOLEAN) {
            return flag(injected);
        }
        return injected != null ? value(injected) : type.getDescriptor().equals(TEXTS) ? arguments : newValue(type);
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
        return fields.constant(field).orElseGet(() -> kept(field));
    }

    private Optional<PathValue> ofConstant(PathValue.Constant constant, String field) {
        return fields.ofConstant(constant, field).map(this::value);
    }

    /** What a field has; for a flag, whether it is set. */
    private PathValue kept(FieldInsnNode field) {
        if (field.desc.equals("Z")) {
            return fields.injected(field.owner, field.name).map(this::flag).orElseGet(() -> new PathValue.Other(1));
        }
        return fields.text(field.owner, field.name)
                .map(this::value)
                .orElseGet(() -> newValue(Type.getType(field.desc)));
    }

    /** A setting that is injected into a boolean. */
    private PathValue flag(Text setting) {
        return fields.settled(setting)
                .known()
                .filter(BOOLEANS::contains)
                .<PathValue>map(set -> new PathValue.IntConstant(set.equals("true") ? 1 : 0))
                .orElseGet(() -> new PathValue.Other(1));
    }

    @Override
    public PathValue copyOperation(AbstractInsnNode instruction, PathValue value) {
        return instruction instanceof VarInsnNode store
                        && store.getOpcode() == Opcodes.ISTORE
                        && counters.contains(store.var)
                        && value instanceof PathValue.IntConstant number
                ? new PathValue.Counter(number.value(), 0)
                : value;
    }

    private static Set<Integer> counters(MethodNode method) {
        Set<Integer> up = new HashSet<>();
        Set<Integer> down = new HashSet<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof IincInsnNode change) {
                (change.incr > 0 ? up : down).add(change.var);
            }
        }
        up.removeAll(down);
        return up;
    }

    @Override
    @SuppressWarnings("NullAway")
    public PathValue unaryOperation(AbstractInsnNode instruction, PathValue value) throws AnalyzerException {
        return switch (instruction.getOpcode()) {
            case Opcodes.CHECKCAST -> value;
            case Opcodes.IINC ->
                value instanceof PathValue.Counter counter
                        ? counter.plus(((IincInsnNode) instruction).incr)
                        : new PathValue.Other(1);
            case Opcodes.ANEWARRAY -> new PathValue.Array(instruction, List.of());
            case Opcodes.ARRAYLENGTH ->
                value instanceof PathValue.Arguments texts && texts.known().isPresent()
                        ? new PathValue.IntConstant(texts.known().get().size())
                        : sized(SIZES.unaryOperation(instruction, BasicValue.REFERENCE_VALUE));
            case Opcodes.GETFIELD ->
                value instanceof PathValue.Constant constant
                        ? ofConstant(constant, ((FieldInsnNode) instruction).name)
                                .orElseGet(() -> kept((FieldInsnNode) instruction))
                        : kept((FieldInsnNode) instruction);
            default -> sized(SIZES.unaryOperation(instruction, BasicValue.REFERENCE_VALUE));
        };
    }

    @Override
    @SuppressWarnings("NullAway")
    public PathValue binaryOperation(AbstractInsnNode instruction, PathValue left, PathValue right)
            throws AnalyzerException {
        if (instruction.getOpcode() == Opcodes.AALOAD && elements(instruction, left) instanceof PathValue.Array array) {
            Optional<PathValue> element = element(array, right);
            if (element.isPresent()) {
                return element.get();
            }
        }
        if (instruction.getOpcode() == Opcodes.IADD
                && left instanceof PathValue.Counter counter
                && right instanceof PathValue.IntConstant more) {
            return counter.plus(more.value());
        }
        return sized(SIZES.binaryOperation(instruction, BasicValue.REFERENCE_VALUE, BasicValue.REFERENCE_VALUE));
    }

    private static PathValue elements(AbstractInsnNode instruction, PathValue array) {
        return array instanceof PathValue.Arguments arguments
                        && arguments.known().isPresent()
                ? new PathValue.Array(
                        instruction,
                        arguments.known().get().stream().map(PathValue::text).toList())
                : array;
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
            if (WriteCall.isStatic(call)
                    && call.name.equals("valueOf")
                    && call.desc.equals("(Ljava/lang/String;)L" + call.owner + ";")
                    && values.get(0).path().isKnown()) {
                return new PathValue.Constant(
                        call.owner, values.get(0).path().known().orElseThrow());
            }
            Optional<PathValue> passed = passed(call, values);
            if (passed.isPresent()) {
                return passed.get();
            }
            if (Decided.isAboutText(call) && !WriteCall.isStatic(call)) {
                OptionalInt told = Decided.told(
                        call,
                        values.stream().map(each -> fields.settled(each.path())).toList());
                if (told.isPresent()) {
                    return new PathValue.IntConstant(told.getAsInt());
                }
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
        if (GETTING.contains(call.name) && values.size() > 1 && values.get(0) instanceof PathValue.MadeMap map) {
            Text key = values.get(1).path();
            return values.size() > 2 && map.lacks(key)
                    ? Optional.of(values.get(2))
                    : map.get(key).map(PathValue::text);
        }
        if (!values.isEmpty() && values.get(0) instanceof PathValue.Array array && !WriteCall.isStatic(call)) {
            return switch (call.name) {
                case "iterator", "stream", "boxed" -> Optional.of(array);
                case "next", "orElse", "orElseGet", "orElseThrow" -> element(array, new PathValue.Other(1));
                case "map", "mapToObj" -> Optional.of(mapped(call, array, values.get(1)));
                case "filter" -> filtered(call, array, values.get(1));
                case "collect" ->
                    Optional.of(values.get(1))
                            .filter(PathValue.Textual.class::isInstance)
                            .map(separator -> PathValue.text(Results.joined(array.elements(), separator.path())));
                case "get" -> element(array, values.get(values.size() - 1));
                default -> Optional.empty();
            };
        }
        if (!values.isEmpty() && values.get(0) instanceof PathValue.Constant constant && !WriteCall.isStatic(call)) {
            return fields.getter(call).flatMap(field -> ofConstant(constant, field));
        }
        if (call.owner.equals("java/lang/String") && call.name.equals("split")) {
            return Results.split(values.get(0).path(), List.copyOf(values.subList(1, values.size())))
                    .map(parts -> new PathValue.Array(
                            call, parts.stream().map(PathValue::text).toList()));
        }
        if ((call.name.equals("copyOf") || call.name.equals("clone"))
                && !values.isEmpty()
                && values.get(0) instanceof PathValue.Arguments copied) {
            boolean whole = values.size() < 2
                    || copied.known().isEmpty()
                    || values.get(1)
                            .equals(new PathValue.IntConstant(
                                    copied.known().get().size()));
            return Optional.of(whole ? copied : new PathValue.Other(1));
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
        if (call.owner.equals("java/util/stream/IntStream") && call.name.startsWith("range")) {
            return numbers(call, List.copyOf(values));
        }
        Optional<String> providers = Providers.file(call);
        if (providers.isPresent()) {
            return Optional.of(new PathValue.Array(call, fields.provided(providers.get())));
        }
        if (call.name.equals("values") && call.desc.equals("()[L" + call.owner + ";")) {
            return Optional.of(new PathValue.Array(call, fields.constants(call.owner)));
        }
        return fields.made(call, List.copyOf(values.subList(WriteCall.isStatic(call) ? 0 : 1, values.size())));
    }

    /** The numbers of {@code IntStream.range} and {@code rangeClosed}. */
    private static Optional<PathValue> numbers(MethodInsnNode call, List<PathValue> bounds) {
        if (!(bounds.get(0) instanceof PathValue.IntConstant from)
                || !(bounds.get(1) instanceof PathValue.IntConstant to)) {
            return Optional.empty();
        }
        List<PathValue> numbers = (call.name.equals("range")
                        ? IntStream.range(from.value(), to.value())
                        : IntStream.rangeClosed(from.value(), to.value()))
                .limit(PathValue.Array.MAX_ELEMENTS)
                .<PathValue>mapToObj(PathValue.IntConstant::new)
                .toList();
        return Optional.of(new PathValue.Array(call, numbers));
    }

    /** The elements that a lambda keeps, if that is known of each of them. */
    private Optional<PathValue> filtered(MethodInsnNode call, PathValue.Array array, PathValue by) {
        List<PathValue> kept = new ArrayList<>();
        for (PathValue element : array.elements()) {
            OptionalInt keeps = by instanceof PathValue.Lambda lambda
                    ? fields.decides(lambda.code(), element)
                    : OptionalInt.empty();
            if (keeps.isEmpty()) {
                return Optional.empty();
            }
            if (keeps.getAsInt() != 0) {
                kept.add(element);
            }
        }
        return Optional.of(new PathValue.Array(call, List.copyOf(kept)));
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
        // What a method makes of an Optional's value may be null.
        boolean mayBeNull = call.owner.equals("java/util/Optional")
                && elements.stream().anyMatch(element -> !element.path().isKnown());
        return mayBeNull ? new PathValue.Other(1) : new PathValue.Array(call, List.copyOf(elements));
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

    /** The element at an index, or else the one for this turn; for every turn, the only one. */
    private Optional<PathValue> element(PathValue.Array array, PathValue index) {
        if (index instanceof PathValue.IntConstant number) {
            return array.at(number.value());
        }
        if (turn == EVERY_TURN) {
            return array.elements().stream().distinct().count() == 1 ? array.at(0) : Optional.empty();
        }
        widest = Math.max(widest, array.elements().size());
        return array.elements().isEmpty()
                ? Optional.empty()
                : array.at(turn % array.elements().size()
                        + (index instanceof PathValue.Counter counter ? counter.ahead() : 0));
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
                text = text.plus(Results.printed(values.get(argument), types[argument]));
                argument++;
            } else if (c == '\2') {
                text = text.plus(Text.of(String.valueOf(dynamic.bsmArgs[constant++])));
            } else {
                text = text.plus(Text.of(String.valueOf(c)));
            }
        }
        return text;
    }

    private Text result(MethodInsnNode call, List<PathValue> values) {
        boolean isStatic = WriteCall.isStatic(call);
        Text self = isStatic || values.isEmpty() ? Text.UNKNOWN : values.get(0).path();
        List<PathValue> arguments = isStatic ? values : values.subList(1, values.size());
        if (call.name.equals("getInitParameter") && !isStatic) {
            // The servlet, its configuration or context, or the context that JSF hands out.
            return fields.parameter(arguments.get(0).path());
        }
        return switch (call.owner) {
            case "java/lang/System" -> Results.system(call, arguments);
            case "java/nio/file/Path", "java/nio/file/Paths" -> Results.path(call, self, arguments);
            case "java/io/File" -> Results.file(call, self, arguments);
            case "java/lang/String" -> Results.string(call, self, arguments);
            case "java/lang/StringBuilder", "java/lang/StringBuffer" ->
                call.name.equals("toString")
                        ? self
                        : call.name.equals("append") ? Results.appended(call, self, arguments) : Text.UNKNOWN;
            case "java/nio/file/Files" ->
                call.name.startsWith("createTemp")
                        ? Results.temporary(call, arguments)
                        : call.name.startsWith("create") && !arguments.isEmpty()
                                ? arguments.get(0).path()
                                : Text.UNKNOWN;
            // The default file system stands for the directory in which its paths begin.
            case "java/nio/file/FileSystems" -> call.name.equals("getDefault") ? Text.EMPTY : Text.UNKNOWN;
            case "java/nio/file/FileSystem" ->
                call.name.equals("getPath") && self.equals(Text.EMPTY) ? Results.joined(arguments) : Text.UNKNOWN;
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
                    case "filter" ->
                        arguments.get(0) instanceof PathValue.Lambda lambda
                                        && ANY_TEXTS.stream()
                                                .allMatch(text -> fields.decides(lambda.code(), text)
                                                                .orElse(0)
                                                        != 0)
                                ? self
                                : Text.UNKNOWN;
                    default -> Text.UNKNOWN;
                };
            case "java/util/Map" -> Results.environment(call, values);
            case "org/springframework/core/env/Environment",
                    "org/springframework/core/env/ConfigurableEnvironment",
                    "org/springframework/core/env/PropertyResolver",
                    "org/eclipse/microprofile/config/Config" -> Results.key(call, arguments);
            case "io/helidon/config/Config", "io/helidon/common/config/Config" -> Results.node(call, self, arguments);
            case "io/helidon/config/ConfigValue", "io/helidon/common/config/ConfigValue" ->
                switch (call.name) {
                    case "get", "orElseThrow" -> self;
                    case "orElse" -> PathVariables.orElse(self, arguments.get(0).path());
                    default -> Text.UNKNOWN;
                };
            case "java/text/MessageFormat" ->
                isStatic && call.name.equals("format") ? Results.message(arguments) : Text.UNKNOWN;
            case "java/util/stream/Collectors" ->
                // A collector stands for its separator.
                call.name.equals("joining") && arguments.size() == 1
                        ? arguments.get(0).path()
                        : Text.UNKNOWN;
            case "java/net/UnixDomainSocketAddress" ->
                call.name.equals("of") ? arguments.get(0).path() : Text.UNKNOWN;
            case "java/security/CodeSource", "java/net/URL" -> Results.url(call, self);
            case "java/net/URLDecoder" -> Results.decoded(arguments.get(0).path());
            case "java/net/URI" ->
                call.name.equals("create")
                        ? arguments.get(0).path()
                        : call.name.equals("toString")
                                ? self
                                : call.name.equals("getPath") ? Results.withoutScheme(self) : Text.UNKNOWN;
            default -> fields.returned(call, arguments);
        };
    }

    /** The text of a value, or of what a lambda returns. */
    private Text supplied(PathValue value) {
        return value instanceof PathValue.Lambda lambda ? fields.returned(lambda.code()) : value.path();
    }

    @Override
    public void returnOperation(AbstractInsnNode instruction, PathValue value, PathValue expected) {}

    @Override
    public PathValue merge(PathValue one, PathValue other) {
        if (one instanceof PathValue.Counter counter
                && other instanceof PathValue.Counter counted
                && counter.from() == counted.from()
                && counter.ahead() != counted.ahead()) {
            // The next turn begins.
            return new PathValue.Counter(counter.from(), 0);
        }
        return one.equals(other)
                ? one
                : fallbacks
                        .join(one, other)
                        .orElseGet(() -> new PathValue.Other(Math.min(one.getSize(), other.getSize())));
    }
}
