// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.Callers;
import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.bytecode.path.Injection;
import io.github.readonlyrootfs.bytecode.path.WriteCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * The objects that frameworks create and the methods that they call while an application starts, if an exception in them ends the
 * start: Spring's singletons in scanned packages, beans of CDI, EJB and Micronaut that observe the start, listeners of servlet
 * containers. The sources are the Javadoc of each annotation and interface.
 */
public final class StartCallbacks implements Callbacks {

    private static final String BEAN = "Lorg/springframework/context/annotation/Bean;";
    private static final String ASYNC = "Lorg/springframework/scheduling/annotation/Async;";
    private static final String AUTOWIRED = "Lorg/springframework/beans/factory/annotation/Autowired;";

    private static final Set<String> INJECT = Set.of(AUTOWIRED, "Ljakarta/inject/Inject;", "Ljavax/inject/Inject;");

    /** Objects of which there is no proxy: they are made with what they are injected into. */
    private static final Set<String> SINGLETON = Set.of("Ljakarta/inject/Singleton;", "Ljavax/inject/Singleton;");

    /** Spring makes a servlet container create and call all implementations on the class path. */
    private static final List<String> SPRING_INITIALIZERS = List.of(
            "org/springframework/web/WebApplicationInitializer",
            "org/springframework/web/context/AbstractContextLoaderInitializer",
            "org/springframework/web/servlet/support/AbstractDispatcherServletInitializer",
            "org/springframework/web/servlet/support/AbstractAnnotationConfigDispatcherServletInitializer",
            "org/springframework/boot/web/servlet/support/SpringBootServletInitializer");

    /** The methods of these that name the classes of a context. */
    private static final Set<String> CONFIGURING = Set.of("getRootConfigClasses", "getServletConfigClasses");

    private static final String COMMAND_LINE_RUNNER = "org/springframework/boot/CommandLineRunner";
    private static final String APPLICATION_RUNNER = "org/springframework/boot/ApplicationRunner";

    /** The method that a container calls, by the interface that an object implements. */
    private static final Map<String, String> CALLED = Map.ofEntries(
            Map.entry(COMMAND_LINE_RUNNER, "run"),
            Map.entry(APPLICATION_RUNNER, "run"),
            Map.entry("org/springframework/beans/factory/InitializingBean", "afterPropertiesSet"),
            Map.entry("org/springframework/beans/factory/SmartInitializingSingleton", "afterSingletonsInstantiated"),
            Map.entry("org/springframework/context/SmartLifecycle", "start"),
            Map.entry("org/springframework/boot/web/servlet/ServletContextInitializer", "onStartup"),
            Map.entry("org/springframework/context/ApplicationContextInitializer", "initialize"),
            Map.entry("org/springframework/boot/env/EnvironmentPostProcessor", "postProcessEnvironment"),
            Map.entry("org/springframework/boot/EnvironmentPostProcessor", "postProcessEnvironment"),
            Map.entry("jakarta/servlet/ServletContainerInitializer", "onStartup"),
            Map.entry("javax/servlet/ServletContainerInitializer", "onStartup"),
            Map.entry("jakarta/servlet/ServletContextListener", "contextInitialized"),
            Map.entry("javax/servlet/ServletContextListener", "contextInitialized"),
            Map.entry("io/quarkus/runtime/QuarkusApplication", "run"));

    private static final String EVENT_LISTENER = "Lorg/springframework/context/event/EventListener;";
    private static final String SPRING_LISTENER = "org/springframework/context/ApplicationListener";

    /** Events whose listeners run while the application starts; an exception in one ends the start. */
    private static final Set<String> SPRING_EVENTS = Set.of(
            "org/springframework/context/event/ContextRefreshedEvent",
            "org/springframework/boot/context/event/ApplicationStartedEvent",
            "org/springframework/boot/context/event/ApplicationReadyEvent");

    private static final Set<String> OTHER_EVENTS = Set.of(
            "io/micronaut/context/event/StartupEvent",
            "io/micronaut/runtime/server/event/ServerStartupEvent",
            "io/micronaut/runtime/event/ApplicationStartupEvent",
            "io/quarkus/runtime/StartupEvent",
            "jakarta/enterprise/event/Startup");

    private static final String MICRONAUT_LISTENER = "io/micronaut/context/event/ApplicationEventListener";

    /** Annotations of beans that are created at start by frameworks other than Spring. */
    private static final Set<String> EAGER = Set.of(
            "Lio/quarkus/runtime/Startup;",
            "Ljakarta/ejb/Startup;",
            "Ljavax/ejb/Startup;",
            "Lio/micronaut/context/annotation/Context;");

    /** The framework's main program creates the only class of one of these types, and runs it. */
    private static final List<String> APPLICATIONS = List.of(
            "io/quarkus/runtime/QuarkusApplication", "io/dropwizard/core/Application", "io/dropwizard/Application");

    private static final Set<String> WEB_LISTENERS =
            Set.of("Ljakarta/servlet/annotation/WebListener;", "Ljavax/servlet/annotation/WebListener;");

    private static final Set<String> WEB_FILTERS =
            Set.of("Ljakarta/servlet/annotation/WebFilter;", "Ljavax/servlet/annotation/WebFilter;");

    private static final List<String> WEB_SERVLETS =
            List.of("Ljakarta/servlet/annotation/WebServlet;", "Ljavax/servlet/annotation/WebServlet;");

    /** The methods that a servlet container calls before the first use of a filter or servlet. */
    private static final Set<String> INITS = Set.of(
            "init()V",
            "init(Ljakarta/servlet/FilterConfig;)V",
            "init(Ljavax/servlet/FilterConfig;)V",
            "init(Ljakarta/servlet/ServletConfig;)V",
            "init(Ljavax/servlet/ServletConfig;)V");

    /** Types of which Spring creates even lazy singletons at start, because it calls them. */
    private static final Set<String> ASKED_FOR = Set.of(
            COMMAND_LINE_RUNNER,
            APPLICATION_RUNNER,
            "org/springframework/beans/factory/SmartInitializingSingleton",
            "org/springframework/context/SmartLifecycle",
            "org/springframework/boot/web/servlet/ServletContextInitializer",
            SPRING_LISTENER);

    private final ClassFiles classes;
    private final Hierarchy hierarchy;
    private final BeanConditions conditions;
    private final SpringBeans beans;
    private final boolean lazy;
    private final WebApplication web;

    /** @param lazy whether Spring creates singletons only on first use */
    public StartCallbacks(
            ClassFiles classes, Hierarchy hierarchy, BeanConditions conditions, boolean lazy, WebApplication web) {
        this.classes = classes;
        this.hierarchy = hierarchy;
        this.conditions = conditions;
        this.beans = new SpringBeans(classes, hierarchy, conditions);
        this.lazy = lazy;
        this.web = web;
    }

    /** Whether a framework may call a method at start, on whatever object has it. */
    public static boolean mayCall(MethodNode method) {
        return CALLED.containsValue(method.name)
                || Injection.has(method.visibleAnnotations, BEAN)
                || INITS.contains(method.name + method.desc)
                || method.name.equals("onApplicationEvent")
                || hasSuffix(method.visibleAnnotations, "/annotation/PostConstruct;");
    }

    /** Whether Spring Boot calls a method when its context is complete. */
    static boolean isOfRunner(ClassNode owner, MethodNode method, Hierarchy hierarchy) {
        return method.name.equals("run")
                && (hierarchy.isA(owner.name, COMMAND_LINE_RUNNER) || hierarchy.isA(owner.name, APPLICATION_RUNNER));
    }

    @Override
    public boolean runsMain() {
        return !web.deployed();
    }

    @Override
    public boolean isBeanMethod(MethodNode method) {
        return Injection.has(method.visibleAnnotations, BEAN) && conditions.areTrue(method.visibleAnnotations);
    }

    /** Whether a bean method is never called. */
    public boolean isNoBeanMethod(MethodNode method) {
        return Injection.has(method.visibleAnnotations, BEAN)
                && conditions.hold(method.visibleAnnotations).isFalse();
    }

    /** Whether a class is no bean, and nothing else creates an object of it. */
    public boolean isNoBean(ClassNode owner) {
        return conditions.hold(owner.visibleAnnotations).isFalse()
                && owner.methods.stream().noneMatch(method -> method.name.equals("main"))
                && classes.mentioning(owner.name).stream()
                        .filter(other -> !other.startsWith(owner.name + "$"))
                        .flatMap(other -> classes.find(other).stream())
                        .noneMatch(other -> uses(other, owner.name));
    }

    /** Whether a class extends another one, creates objects of it, passes it on, or calls its static methods. */
    private static boolean uses(ClassNode user, String used) {
        if (used.equals(user.superName)) {
            return true;
        }
        for (MethodNode method : user.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                boolean makes = instruction instanceof TypeInsnNode type
                        && type.getOpcode() == Opcodes.NEW
                        && type.desc.equals(used);
                boolean calls = instruction instanceof MethodInsnNode call
                        && WriteCall.isStatic(call)
                        && call.owner.equals(used);
                if (makes || calls || Callers.refersTo(instruction, used)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public List<Target> all(Optional<String> main) {
        List<Target> all = new ArrayList<>();
        for (ClassNode bean : beans.ofBoot(main)) {
            all.addAll(lazy ? ofLazyBean(bean) : ofBean(bean));
        }
        hierarchy.classes().forEach(header -> {
            if (isMadeElsewhere(header)) {
                needed(header).forEach(made -> all.addAll(ofBean(made)));
            } else if (isServed(header)) {
                all.addAll(ofServed(header));
            }
        });
        for (String application : APPLICATIONS) {
            List<ClassNode> programs = hierarchy.concrete(application).toList();
            if (programs.size() == 1) {
                needed(programs.get(0)).forEach(made -> all.addAll(ofBean(made)));
            }
        }
        return all;
    }

    @Override
    public List<Target> possible(Optional<String> main) {
        return new StartCallbacks(classes, hierarchy, conditions.assumed(), lazy, web).all(main);
    }

    /** Whether CDI, EJB, Micronaut or a servlet container creates an object of a class at start. */
    private boolean isMadeElsewhere(ClassNode header) {
        if (web.annotated() && Injection.hasAny(header.visibleAnnotations, WEB_LISTENERS)) {
            return true;
        }
        boolean observes = header.methods.stream().anyMatch(StartCallbacks::isToldOfOtherStart)
                || listensTo(header, MICRONAUT_LISTENER, OTHER_EVENTS);
        return (observes || Injection.hasAny(header.visibleAnnotations, EAGER))
                && conditions.areTrue(header.visibleAnnotations)
                && isDiscovered(header);
    }

    /** A bean, and the singletons that are injected into it and into each other. */
    private Set<ClassNode> needed(ClassNode bean) {
        Set<ClassNode> needed = new LinkedHashSet<>();
        Deque<ClassNode> next = new ArrayDeque<>(List.of(bean));
        while (!next.isEmpty()) {
            ClassNode each = next.remove();
            if (needed.add(each)) {
                Stream<Type> fields = each.fields.stream()
                        .filter(field -> Injection.hasAny(field.visibleAnnotations, INJECT))
                        .map(field -> Type.getType(field.desc));
                Stream<Type> parameters =
                        constructor(each).stream().flatMap(made -> Stream.of(Type.getArgumentTypes(made.desc)));
                Stream.concat(fields, parameters)
                        .map(type -> hierarchy.concrete(type.getInternalName()).toList())
                        .filter(all -> all.size() == 1
                                && Injection.hasAny(all.get(0).visibleAnnotations, SINGLETON)
                                && conditions.areTrue(all.get(0).visibleAnnotations))
                        .forEach(all -> next.addAll(all));
            }
        }
        return needed;
    }

    /** Whether a servlet container creates an object of a class before the web application serves a request. */
    private boolean isServed(ClassNode header) {
        boolean annotated = web.deployed()
                && web.annotated()
                && (Injection.hasAny(header.visibleAnnotations, WEB_FILTERS)
                        || WEB_SERVLETS.stream()
                                .flatMap(it -> Injection.members(
                                        header.visibleAnnotations, it, "loadOnStartup", Integer.class))
                                .anyMatch(order -> order >= 0));
        boolean isInitializer = web.deployed()
                && (header.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0
                && isInitializer(header);
        return annotated || isInitializer || web.named().contains(header.name);
    }

    private boolean isInitializer(ClassNode header) {
        return SPRING_INITIALIZERS.stream().anyMatch(each -> hierarchy.isA(header.name, each));
    }

    private List<Target> ofServed(ClassNode header) {
        List<Target> called = ofBean(header);
        if (isInitializer(header)) {
            called.addAll(ofContext(new SpringContext(configured(header), List.of())));
        }
        Set<String> seen = new HashSet<>();
        for (ClassNode each : hierarchy.chain(header)) {
            for (MethodNode method : each.methods) {
                if (INITS.contains(method.name + method.desc) && seen.add(method.desc)) {
                    called.add(Target.of(each, method));
                }
            }
        }
        return called;
    }

    /** The classes that an initializer configures Spring with. */
    private List<String> configured(ClassNode initializer) {
        return hierarchy.chain(initializer).stream()
                .flatMap(each -> classes.find(each.name).stream())
                .flatMap(each -> each.methods.stream())
                .filter(method -> CONFIGURING.contains(method.name))
                .flatMap(method -> Stream.of(method.instructions.toArray()))
                .filter(LdcInsnNode.class::isInstance)
                .map(constant -> ((LdcInsnNode) constant).cst)
                .filter(constant -> constant instanceof Type type && type.getSort() == Type.OBJECT)
                .map(type -> ((Type) type).getInternalName())
                .toList();
    }

    @Override
    public List<Target> ofContext(SpringContext context) {
        return beans.of(context.classes(), context.packages()).stream()
                .flatMap(bean -> ofBean(bean).stream())
                .toList();
    }

    /** Whether CDI discovers a class: other modules need one of these files. */
    private boolean isDiscovered(ClassNode header) {
        return classes.place(header.name) == 0
                || Stream.of("META-INF/beans.xml", "META-INF/jandex.idx")
                        .anyMatch(file -> classes.isBeside(header.name, file))
                || header.methods.stream().noneMatch(method -> method.visibleParameterAnnotations != null);
    }

    private static boolean isToldOfOtherStart(MethodNode method) {
        boolean observes = method.visibleParameterAnnotations != null
                && Stream.of(method.visibleParameterAnnotations)
                        .anyMatch(annotations -> Injection.hasAny(
                                annotations,
                                Set.of("Ljakarta/enterprise/event/Observes;", "Ljavax/enterprise/event/Observes;")));
        boolean listens =
                Injection.has(method.visibleAnnotations, "Lio/micronaut/runtime/event/annotation/EventListener;");
        return ((observes || listens) && isTold(method, OTHER_EVENTS))
                || (observes && isToldOfApplicationScope(method))
                || Injection.hasAny(method.visibleAnnotations, EAGER);
    }

    /** Whether a method observes the beginning of the application scope, which is during the start. */
    private static boolean isToldOfApplicationScope(MethodNode method) {
        return Stream.of(method.visibleParameterAnnotations)
                .flatMap(annotations -> Stream.of("jakarta", "javax")
                        .flatMap(root ->
                                Injection.types(annotations, "L" + root + "/enterprise/context/Initialized;", "value")))
                .anyMatch(scope -> scope.endsWith("/enterprise/context/ApplicationScoped"));
    }

    /** The methods that are called on an object that a container creates at start. */
    List<Target> ofBean(ClassNode header) {
        List<Target> called = new ArrayList<>();
        called.add(new Target(header.name, "<clinit>", "()V"));
        constructor(header).ifPresent(method -> called.add(Target.of(header, method)));
        Set<String> seen = new HashSet<>();
        for (ClassNode each : hierarchy.chain(header)) {
            for (MethodNode method : each.methods) {
                if (seen.add(method.name + method.desc) && isCalled(header, method)) {
                    called.add(Target.of(each, method));
                }
            }
        }
        return called;
    }

    private List<Target> ofLazyBean(ClassNode header) {
        boolean listens = header.methods.stream()
                .anyMatch(method ->
                        Injection.has(method.visibleAnnotations, EVENT_LISTENER) && isTold(method, SPRING_EVENTS));
        if (listens || isAskedFor(header.name)) {
            return ofBean(header);
        }
        List<Target> called = new ArrayList<>();
        for (MethodNode method : header.methods) {
            Type type = Type.getReturnType(method.desc);
            if (isBeanMethod(method) && type.getSort() == Type.OBJECT && isAskedFor(type.getInternalName())) {
                called.add(Target.of(header, method));
                constructor(header).ifPresent(made -> called.add(Target.of(header, made)));
            }
        }
        return called;
    }

    private boolean isAskedFor(String type) {
        return ASKED_FOR.stream().anyMatch(each -> hierarchy.isA(type, each));
    }

    private static List<MethodNode> constructors(ClassNode header) {
        return header.methods.stream()
                .filter(method -> method.name.equals("<init>"))
                .toList();
    }

    /** The constructor that a container uses: the only one, an annotated one, or the one without parameters. */
    private static Optional<MethodNode> constructor(ClassNode header) {
        List<MethodNode> all = constructors(header);
        return all.size() == 1
                ? Optional.of(all.get(0))
                : all.stream()
                        .filter(method -> Injection.hasAny(method.visibleAnnotations, INJECT))
                        .findFirst()
                        .or(() -> all.stream()
                                .filter(method -> method.desc.equals("()V"))
                                .findFirst());
    }

    private boolean isCalled(ClassNode bean, MethodNode method) {
        if (method.name.startsWith("<") || Injection.has(method.visibleAnnotations, ASYNC)) {
            return false;
        }
        if (Injection.has(method.visibleAnnotations, AUTOWIRED)
                || isBeanMethod(method)
                || isToldOfOtherStart(method)
                || hasSuffix(method.visibleAnnotations, "/annotation/PostConstruct;")) {
            return true;
        }
        if (Injection.has(method.visibleAnnotations, EVENT_LISTENER)) {
            return isTold(method, SPRING_EVENTS);
        }
        if (method.name.equals("onApplicationEvent")) {
            boolean springs = listensTo(bean, SPRING_LISTENER, SPRING_EVENTS) && isTold(method, SPRING_EVENTS);
            boolean micronauts = listensTo(bean, MICRONAUT_LISTENER, OTHER_EVENTS) && isTold(method, OTHER_EVENTS);
            return springs || micronauts;
        }
        if (isRunByDropwizard(bean, method) || (method.name.equals("onStartup") && isInitializer(bean))) {
            return true;
        }
        return isCalledByType(bean, method);
    }

    /** Whether a container calls a method because of an interface that its class implements. */
    private boolean isCalledByType(ClassNode bean, MethodNode method) {
        return CALLED.entrySet().stream()
                .anyMatch(called -> called.getValue().equals(method.name)
                        && hierarchy.isA(bean.name, called.getKey())
                        && !(method.name.equals("start") && !startsItself(bean)));
    }

    /** Whether Dropwizard calls a method; the compiler's bridge method is ignored. */
    private boolean isRunByDropwizard(ClassNode bean, MethodNode method) {
        boolean application =
                hierarchy.isA(bean.name, APPLICATIONS.get(1)) || hierarchy.isA(bean.name, APPLICATIONS.get(2));
        int parameters = Type.getArgumentTypes(method.desc).length;
        return application
                && (method.access & Opcodes.ACC_BRIDGE) == 0
                && ((method.name.equals("initialize") && parameters == 1)
                        || (method.name.equals("run") && parameters == 2));
    }

    /** Whether a SmartLifecycle keeps the default of being started. */
    private boolean startsItself(ClassNode bean) {
        return hierarchy.chain(bean).stream()
                .flatMap(each -> each.methods.stream())
                .noneMatch(method -> method.name.equals("isAutoStartup"));
    }

    /** Whether a class implements a listener with a method for one of some events. */
    private boolean listensTo(ClassNode header, String listener, Set<String> events) {
        return hierarchy.isA(header.name, listener)
                && header.methods.stream()
                        .anyMatch(method -> method.name.equals("onApplicationEvent") && isTold(method, events));
    }

    /** Whether a method is called with one of some events: as its parameter, or in its annotation. */
    private static boolean isTold(MethodNode method, Set<String> events) {
        boolean takes = Stream.of(Type.getArgumentTypes(method.desc))
                .anyMatch(type -> type.getSort() == Type.OBJECT && events.contains(type.getInternalName()));
        boolean isConditional = Injection.texts(method.visibleAnnotations, EVENT_LISTENER, "condition")
                .findAny()
                .isPresent();
        boolean named = Stream.of("value", "classes")
                .flatMap(member -> Injection.types(method.visibleAnnotations, EVENT_LISTENER, member))
                .anyMatch(events::contains);
        return (takes || named) && !isConditional;
    }

    /**
     * Whether a lambda that a {@code @Bean} method returns runs at start.
     *
     * @param method that returns it
     */
    static boolean isRun(MethodNode method, String lambda) {
        boolean listens = SPRING_LISTENER.equals(lambda)
                && method.signature != null
                && SPRING_EVENTS.stream().anyMatch(method.signature::contains);
        return Type.getReturnType(method.desc).getInternalName().equals(lambda)
                && (CALLED.containsKey(lambda) || listens);
    }

    @Override
    public List<Target> ofMade(MethodNode method, String made) {
        Type type = Type.getReturnType(method.desc);
        boolean fits = type.getSort() == Type.OBJECT && hierarchy.isA(made, type.getInternalName());
        List<Target> called = new ArrayList<>();
        for (ClassNode header : fits ? hierarchy.find(made).stream().toList() : List.<ClassNode>of()) {
            called.addAll(ofBean(header));
            called.removeIf(target -> target.name().equals("<init>"));
            Injection.texts(method.visibleAnnotations, BEAN, "initMethod")
                    .flatMap(name -> hierarchy.target(header.name, name, "()V", false).stream())
                    .forEach(called::add);
        }
        return called;
    }

    private static boolean hasSuffix(@Nullable List<AnnotationNode> annotations, String suffix) {
        return annotations != null && annotations.stream().anyMatch(annotation -> annotation.desc.endsWith(suffix));
    }
}
