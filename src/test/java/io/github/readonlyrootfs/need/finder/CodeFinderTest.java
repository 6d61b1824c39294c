// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.bytecode.Compiled;
import io.github.readonlyrootfs.bytecode.ProjectCode;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Situation;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeFinderTest {

    private static final String JAVA = "FROM eclipse-temurin:21-jre\nWORKDIR /srv/app\nENV DATA=/var/lib/shop\n"
            + "RUN mkdir /made\nENTRYPOINT [\"java\", \"-Djava.io.tmpdir=/scratch\", \"-Dlogs=/var/log/shop\", \"-jar\","
            + " \"/srv/app/shop.jar\"]\n";

    private static final Dependencies LIBRARIES = new Dependencies(
            List.of(
                    new Dependency(
                            new Coordinates("org.xerial", "sqlite-jdbc", "3.50.3.0"),
                            "compile",
                            false,
                            Optional.empty()),
                    new Dependency(
                            new Coordinates("org.rocksdb", "rocksdbjni", "9.10.0"),
                            "compile",
                            false,
                            Optional.empty())),
            List.of());

    private static final Dependencies SPRING_BOOT = new Dependencies(
            List.of(new Dependency(
                    new Coordinates("org.springframework.boot", "spring-boot", "3.5.7"),
                    "compile",
                    false,
                    Optional.empty())),
            List.of());

    private static final Dependencies CAMEL = new Dependencies(
            List.of(new Dependency(
                    new Coordinates("org.apache.camel", "camel-file", "4.8.0"), "compile", false, Optional.empty())),
            List.of());

    @TempDir
    Path directory;

    private Set<String> mainClasses = Set.of();

    private ContainerNeeds needs(String body) throws IOException {
        return needs("", body, "code");
    }

    /** @param main the code of the main method */
    private ContainerNeeds needs(String main, String body, String finder) throws IOException {
        return needs(main, body, finder, "jar", JAVA);
    }

    private ContainerNeeds needs(String main, String body, String finder, String packaging, String dockerfile)
            throws IOException {
        return needs(main, body, finder, packaging, dockerfile, LIBRARIES);
    }

    private ContainerNeeds needs(
            String main, String body, String finder, String packaging, String dockerfile, Dependencies libraries)
            throws IOException {
        return needs(new Coordinates("com.example", "shop", "1"), main, body, finder, packaging, dockerfile, libraries);
    }

    private ContainerNeeds needs(
            Coordinates coordinates,
            String main,
            String body,
            String finder,
            String packaging,
            String dockerfile,
            Dependencies libraries)
            throws IOException {
        Path source = Files.createDirectories(directory.resolve("src/main/java/com/example"))
                .resolve("Shop.java");
        Files.writeString(
                source,
                "package com.example;\nimport java.io.*; import java.nio.file.*;\npublic class Shop {\n"
                        + " public static void main(String[] args) throws Exception { " + main + " }\n"
                        + " void use(String given) throws Exception {\n  " + body + "\n }\n}\n");
        Path classes = Files.createDirectories(directory.resolve("target/classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                classes.toString(),
                                "-cp",
                                classes + File.pathSeparator + directory.resolve("others"),
                                "-proc:none",
                                source.toString()))
                .isZero();
        ProjectFacts project = new ProjectFacts(
                coordinates,
                packaging,
                new ProjectDirectories(directory, directory, Optional.empty(), classes, List.of()),
                Map.of(),
                () -> libraries,
                List::of,
                List.of(),
                new ProjectCode(() -> mainClasses));
        ContainerContext built = Contexts.built(dockerfile);
        ContainerContext container =
                ContainerContext.of(built.definition(), built.image(), Optional.of(project), new Effort(1_000_000));
        return ContainerNeeds.of(container, List.of(), Set.of(finder));
    }

    /** Adds a class of a library to the classes of the project. */
    private void library(String name, String text) throws IOException {
        library(name, text, Files.createDirectories(directory.resolve("target/classes")));
    }

    private void library(String name, String text, Path classes) throws IOException {
        Path source = Files.createDirectories(directory.resolve("stubs")).resolve(name + ".java");
        Files.writeString(source, text);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), "-proc:none", source.toString()))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            com.example.Shop                     | /shop
            com.example.Shop,com.example.Missing | /shop
            com.example.Shop,com.example.Tool    | /shop perhaps, /tool perhaps
            com.example.Missing                  | /shop perhaps, /tool perhaps
            """)
    void theMainClassThatTheBuildWritesIntoTheJarStarts(String inManifests, String started) throws IOException {
        library(
                "Tool",
                "package com.example; class Tool { public static void main(String[] args) throws Exception {"
                        + " new java.io.FileWriter(\"/tool\"); } }");
        mainClasses = Set.of(inManifests.split(","));

        assertThat(needs("new FileWriter(\"/shop\");", "", "code").needs().stream()
                        .filter(need -> need.perhapsFatal() || need.impact() == Impact.FATAL)
                        .map(need -> need.alternatives().get(0) + (need.perhapsFatal() ? " perhaps" : ""))
                        .sorted())
                .containsExactly(started.split(", "));
    }

    private List<String> paths(String body) throws IOException {
        return needs(body).needs().stream()
                .map(need -> need.alternatives().get(0).toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @PostMapping void a() { write(); }                                              | true
            @PostMapping void a() { write(); } @GetMapping void b() { c(); } void c() { write(); } | true
            @PostMapping void a() { write(); } @GetMapping void b() { }                     | false
            @PostMapping void a() { if (hashCode() > 7) { write(); } }                      | false
            void a() { write(); }                                                           | false
            """)
    void withoutWhatEveryRequestWritesAnApplicationMayBeUseless(String handlers, boolean perhaps) throws IOException {
        for (String name : List.of("PostMapping", "GetMapping")) {
            annotation("org.springframework.web.bind.annotation", name);
        }
        String controller = "} public static class Controller {"
                + handlers.replace("@", "@org.springframework.web.bind.annotation.")
                + " void write() { try (FileOutputStream out = new FileOutputStream(\"/out.pdf\")) {"
                + " out.write(7); } catch (IOException e) { e.printStackTrace(); } }";

        assertThat(needs(
                                "",
                                controller,
                                "code",
                                "jar",
                                "FROM eclipse-temurin:21-jre\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n")
                        .needs())
                .singleElement()
                .satisfies(need -> {
                    assertThat(need.perhapsFatal()).isEqualTo(perhaps);
                    assertThat(need.evidence().get(0).detail().endsWith(", which every request leads to"))
                            .isEqualTo(perhaps);
                });
    }

    /** None of a write means that the container may well do without it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            class A extends HttpServlet { void doPost(String a) { write(); } }                                 | request
            abstract class B extends HttpServlet { void doGet(int a) { write(); } } class A extends B { }      | request
            abstract class A extends HttpServlet { void doPost(String a) { write(); } }                        | -
            class A extends HttpServlet { void doGet(String a) { } void doPost(String a) { write(); } }        | -
            class A extends HttpServlet { void doPost(String a) { if (a == null) { write(); } } }              | -
            class A extends HttpServlet { void doGet(int a) { } } class F implements Filter { public void doFilter(int a) { write(); } } | request
            Object a = (Route) (in, out) -> { write(); return 1; };                                            | request
            Object a = (Route) (in, out) -> { write(); return 1; }, b = (Route) (in, out) -> 1;                | -
            void a(Web web) { web.handler((Handler) e -> write()); }                                           | request
            void a(Web web) { web.other((Handler) e -> write()); }                                             | -
            void a(Web web) { web.handler((Handler) this::b); web.other((Handler) e -> { }); } void b(int e) { write(); } | request
            @KafkaListener void a(String a) { write(); }                                                       | message
            @KafkaListener void a(String a) { } @Scheduled void b() { write(); }                               | -
            @Scheduled void b() { write(); }                                                                   | scheduled task
            @Scheduled void a() { } @Scheduled void b() { write(); }                                           | -
            class A extends Base { public void a() { write(); } public static void b() { } }                   | request
            class A extends Base { public void a() { write(); } public void b() { } }                          | -
            """)
    void whatIsRunAfterTheStartMayBeWhatTheApplicationIsFor(String handlers, String what) throws IOException {
        library("HttpServlet", "package jakarta.servlet.http; public abstract class HttpServlet { }");
        library("Filter", "package jakarta.servlet; public interface Filter { void doFilter(int a); }");
        library("Route", "package spark; public interface Route { Object handle(Object in, Object out); }");
        library("Handler", "package io.vertx.core; public interface Handler { void handle(int e); }");
        library("BindableService", "package io.grpc; public abstract class BindableService { }");
        library(
                "Route",
                "package io.vertx.ext.web; public class Route { public void handler(Object h) { }"
                        + " public void other(Object h) { } }");
        annotation("org.springframework.kafka.annotation", "KafkaListener");
        annotation("org.springframework.scheduling.annotation", "Scheduled");
        String names = handlers.replace("@K", "@org.springframework.kafka.annotation.K")
                .replace("@S", "@org.springframework.scheduling.annotation.S")
                .replace("HttpServlet", "jakarta.servlet.http.HttpServlet")
                .replace("implements F", "implements jakarta.servlet.F")
                .replace("(Route)", "(spark.Route)")
                .replace("(Handler)", "(io.vertx.core.Handler)")
                .replace("Base", "io.grpc.BindableService")
                .replace("Web ", "io.vertx.ext.web.Route ");
        String body = "} " + names
                + " static void write() { try (FileOutputStream out = new FileOutputStream(\"/out.pdf\")) {"
                + " out.write(7); } catch (IOException e) { e.printStackTrace(); } } {";

        assertThat(needs(body).needs()).singleElement().satisfies(need -> {
            assertThat(need.perhapsFatal()).isEqualTo(what != null);
            assertThat(need.evidence().get(0).detail())
                    .endsWith(what == null ? "Shop.write" : ", which every " + what + " leads to");
        });
    }

    /** The working directory is /srv/app, and the environment has DATA. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            from("file:in").to("file:/out?fileName=x")              | /srv/app/in /out
            from("file:in?noop=true").to("log:x")                   | -
            from("file://in?delete=true").to("file:///out")         | /srv/app/in /out
            from("direct:x").to("file:{{env:DATA}}/x")              | /var/lib/shop/x
            from("direct:x").to("file:{{no.key:sub}}/x")            | /srv/app/sub/x
            from("direct:x").to("file:/out/${header.name}")         | /out
            from("direct:x").to("file:" + hashCode())               | ?
            from("direct:x").to(toString())                         | ?
            from(file("in")).to("file:/out")                        | /srv/app/in /out
            from(file("in").noop(true)).to("file:/out")             | /out
            from(file(toString())).to("log:x")                      | ?
            from("classpath:x").to("kafka:x?brokers=file:y")        | -
            """)
    void routesOfCamelWriteInTheDirectoriesOfTheirEndpoints(String route, String written) throws IOException {
        Compiled.compile(
                Files.createDirectories(directory.resolve("others")),
                List.of(),
                "package org.apache.camel.model; public class RouteDefinition"
                        + " extends ProcessorDefinition<RouteDefinition> { }",
                "package org.apache.camel.model; public class ProcessorDefinition<T extends ProcessorDefinition<T>> {"
                        + " public T to(String uri) { return null; } }",
                "package org.apache.camel.builder.endpoint.dsl; public interface FileEndpointBuilderFactory {"
                        + " interface FileEndpointBuilder { FileEndpointBuilder noop(boolean noop); } }",
                "package org.apache.camel.builder; public abstract class RouteBuilder {"
                        + " public org.apache.camel.model.RouteDefinition from(String uri) { return null; } }",
                "package org.apache.camel.builder.endpoint; import org.apache.camel.builder.endpoint.dsl.*;"
                        + " public abstract class EndpointRouteBuilder extends org.apache.camel.builder.RouteBuilder {"
                        + " public FileEndpointBuilderFactory.FileEndpointBuilder file(String path) { return null; }"
                        + " public org.apache.camel.model.RouteDefinition from("
                        + "FileEndpointBuilderFactory.FileEndpointBuilder endpoint) { return null; } }");
        String routes = "} static class Routes extends org.apache.camel.builder.endpoint.EndpointRouteBuilder {"
                + " public void configure() { "
                + route + "; }";
        ContainerNeeds found = needs("", routes, "code", "jar", JAVA, CAMEL);
        assertThat(found.needs()).allMatch(Need::perhapsFatal);
        assertThat(found.needs().stream()
                        .map(need -> need.alternatives().get(0).toString())
                        .toList())
                .isEqualTo(written == null || written.equals("?") ? List.of() : List.of(written.split(" ")));
        assertThat(found.gaps()).hasSize("?".equals(written) ? 1 : 0);
    }

    private void annotation(String packageName, String name) throws IOException {
        library(
                name,
                "package " + packageName + "; import java.lang.annotation.*;"
                        + " @Retention(RetentionPolicy.RUNTIME) public @interface " + name + " { }");
    }

    /** The class's beans are in these profiles; Spring Boot and Spring read the active ones from the environment. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            prod,          ENV SPRING_PROFILES_ACTIVE=prod,  FATAL
            prod,          ENV SPRING_PROFILES_ACTIVE=test,  -
            prod,          ENV NONE=1,                       -
            !prod,         ENV NONE=1,                       FATAL
            prod | eu,     ENV SPRING_PROFILES_ACTIVE=eu,    FATAL
            prod,          ENV SPRING_PROFILES_ACTIVE=$P,    FEATURE
            """)
    void filesForAProfileAreWrittenIfTheProfileIsActive(String profile, String environment, Impact expected)
            throws IOException {
        String annotation = "import java.lang.annotation.*; @Retention(RetentionPolicy.RUNTIME) public @interface ";
        library(
                "Profile",
                "package org.springframework.context.annotation; " + annotation + "Profile { String value(); }");
        library("Component", "package org.springframework.stereotype; " + annotation + "Component { }");
        library(
                "SpringBootApplication",
                "package org.springframework.boot.autoconfigure; " + annotation + "SpringBootApplication { }");
        String bean = "}\n @org.springframework.context.annotation.Profile(\"" + profile + "\")"
                + " @org.springframework.stereotype.Component static class Store { Store() throws Exception {"
                + " new FileWriter(\"/data/a\").close(); } }"
                + " @org.springframework.boot.autoconfigure.SpringBootApplication static class Application { "
                + " void other() {}";
        String dockerfile =
                "ARG P\n" + JAVA.replace("RUN", environment + "\nRUN").replace("WORKDIR", "ARG P\nWORKDIR");

        for (Dependencies libraries : List.of(LIBRARIES, SPRING_BOOT)) {
            assertThat(needs("", bean + "} void last() {", "code", "jar", dockerfile, libraries).needs().stream()
                            .map(need -> need.impact()))
                    .containsExactlyElementsOf(
                            Optional.ofNullable(expected).stream().toList());
        }
    }

    /** Only the deployment descriptor declares the class as a listener. */
    @Test
    void classesInTheDeploymentDescriptorRunAtStart() throws IOException {
        Path descriptor = Files.createDirectories(directory.resolve("src/main/webapp/WEB-INF"))
                .resolve("web.xml");
        Files.writeString(
                descriptor,
                "<web-app><servlet><servlet-class>com.example.Shop</servlet-class>"
                        + "<load-on-startup>1</load-on-startup></servlet></web-app>");
        String init = "}\n public void init() { try { new FileWriter(\"/data/a\"); }"
                + " catch (IOException e) { throw new IllegalStateException(e); } }\n void other() {";
        String tomcat = "FROM tomcat:10.1\nCOPY target/shop.war webapps/ROOT.war\n";

        assertThat(needs("", init, "code", "war", tomcat).needs())
                .singleElement()
                .satisfies(need -> assertThat(need.impact()).isEqualTo(Impact.FATAL));
        // An application that starts itself does not use the file.
        assertThat(needs("", init, "code", "jar", JAVA).needs())
                .singleElement()
                .satisfies(need -> assertThat(need.impact()).isEqualTo(Impact.FEATURE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            <context-param>DIR/data</V></context-param>                                                    | getServletContext().  | /data
            <servlet><init-param>DIR/data</V></init-param></servlet>                                       |                       | /data
            <filter><init-param>DIR/data</V></init-param></filter><context-param>DIR/x</V></context-param> |                       | -
            <context-param>DIR${catalina.base}/up</V></context-param>                                      | getServletContext().  | /usr/local/tomcat/up
            -                                                                                              |                       | -
            """)
    void parametersOfAWebApplicationNameItsDirectories(String descriptor, String from, String path) throws IOException {
        Compiled.compile(
                Files.createDirectories(directory.resolve("others")),
                List.of(),
                "package jakarta.servlet.http; public class HttpServlet { public String getInitParameter(String n) {"
                        + " return null; } public HttpServlet getServletContext() { return null; } }");
        Files.writeString(
                Files.createDirectories(directory.resolve("src/main/webapp/WEB-INF"))
                        .resolve("web.xml"),
                "<web-app>"
                        + Optional.ofNullable(descriptor)
                                .orElse("")
                                .replace("DIR", "<param-name>dir</param-name><param-value>")
                                .replace("</V>", "</param-value>")
                        + "</web-app>");
        String servlet = "} static class Up extends jakarta.servlet.http.HttpServlet { String dir;"
                + " public void init() { dir = " + Optional.ofNullable(from).orElse("") + "getInitParameter(\"dir\"); }"
                + " public void doPost(String name) throws IOException { new FileOutputStream(new File(dir, name)); } } {";

        assertThat(needs("", servlet, "code", "war", "FROM tomcat:10.1\nCOPY target/shop.war webapps/ROOT.war\n")
                        .needs()
                        .stream()
                        .map(need -> need.alternatives().get(0).toString()))
                .containsExactlyElementsOf(Optional.ofNullable(path).stream().toList());
    }

    @Test
    void tomcatSetsTheSystemPropertyOfItsHome() throws IOException {
        String upload = "new File(System.getProperty(\"catalina.home\") + \"/uploads\").mkdirs();";

        for (String home : List.of("/usr/local/tomcat", "/opt/tomcat")) {
            String tomcat = "FROM tomcat:10.1\nENV CATALINA_HOME=" + home + "\nCMD [\"catalina.sh\", \"run\"]\n";
            assertThat(needs("", upload, "code", "war", tomcat).needs())
                    .singleElement()
                    .satisfies(need -> assertThat(need.alternatives()).hasToString("[" + home + "/uploads]"));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            jar, '"java", "-jar", "app/shop.jar"',                   /srv/app/static
            jar, '"java", "-cp", "app/shop.jar", "com.example.Shop"', -
            war, '"catalina.sh", "run"',                             -
            """)
    void aPathBesideTheJarIsWhereTheStartedJarIs(String packaging, String command, String path) throws IOException {
        String beside = "new File(new File(Shop.class.getProtectionDomain().getCodeSource().getLocation().toURI())"
                + ".getParentFile(), \"static\").mkdir();";
        String image = packaging.equals("war") ? "tomcat:10.1" : "eclipse-temurin:21-jre";

        assertThat(needs(
                                "",
                                beside,
                                "code",
                                packaging,
                                "FROM " + image + "\nWORKDIR /srv\nCMD [" + command + "]\n",
                                new Dependencies(List.of(), List.of()))
                        .needs()
                        .stream()
                        .map(need -> need.alternatives().get(0).toString()))
                .containsExactlyElementsOf(path.equals("-") ? List.of() : List.of(path));
    }

    /** Measured with Jetty 11.0.25; the application is a reduced Teedy. */
    @Test
    void jettysXmlMaySetASystemProperty() throws IOException {
        String init =
                "}\n private static String HOME = System.getProperty(\"docs.home\"); static String home() { return HOME; }"
                        + " public void init() { Path base = null; if (home() != null && !home().isBlank()) { base = Path.of(home()); }"
                        + " else { base = Path.of(System.getProperty(\"java.io.tmpdir\")); } if (base != null && !Files.isDirectory(base))"
                        + " { try { Files.createDirectories(base); } catch (IOException e) { throw new IllegalStateException(e); } } }"
                        + "\n void other() {";
        String jetty =
                "FROM debian:12\nCOPY <<EOF /app/webapps/docs.xml\n<?xml version=\"1.0\"?>\n<!DOCTYPE Configure PUBLIC"
                        + " \"-//Jetty//Configure//EN\" \"https://www.eclipse.org/jetty/configure_10_0.dtd\">\n"
                        + "<Configure class=\"org.eclipse.jetty.webapp.WebAppContext\"><Call class=\"java.lang.System\""
                        + " name=\"setProperty\"><Arg>docs.home</Arg><Arg>VALUE</Arg></Call></Configure>\nEOF\n"
                        + "WORKDIR /app\nCMD [\"java\", \"-Ddocs.home=/old\", \"-jar\", \"/opt/jetty/start.jar\"]\n";
        Files.createDirectories(directory.resolve("src/main/webapp/WEB-INF"));
        Files.writeString(
                directory.resolve("src/main/webapp/WEB-INF/web.xml"),
                "<web-app><filter><filter-class>com.example.Shop</filter-class></filter></web-app>");

        assertThat(needs("", init, "code", "war", jetty.replace("VALUE", "/data"))
                        .needs())
                .singleElement()
                .satisfies(need -> {
                    assertThat(need.alternatives()).hasToString("[/data]");
                    assertThat(need.impact()).isEqualTo(Impact.FATAL);
                });
        assertThat(needs("", init, "code", "war", jetty.replace("VALUE", "<Env name='D'/>"))
                        .gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.reason()).isEqualTo("Jetty computes it"));
        assertThat(needs("", init, "code", "war", jetty.replace("docs.home</Arg>", "other</Arg>"))
                        .needs())
                .singleElement()
                .satisfies(need -> assertThat(need.alternatives()).hasToString("[/old]"));
    }

    @Test
    void pathsInCodeAreResolvedInTheContainer() throws IOException {
        assertThat(paths("File.createTempFile(\"a\", \"b\");")).containsExactly("/scratch");
        assertThat(paths("new FileWriter(\"out.txt\");")).containsExactly("/srv/app/out.txt");
        assertThat(paths("new FileWriter(System.getenv(\"DATA\") + \"/a\");")).containsExactly("/var/lib/shop/a");
        assertThat(paths("new FileWriter(System.getProperty(\"logs\") + \"/a\");"))
                .containsExactly("/var/log/shop/a");
        assertThat(paths("new FileWriter(System.getProperty(\"unset\", \"/d\") + \"/a\");"))
                .containsExactly("/d/a");
        assertThat(paths("new FileWriter(\"/made\" + hashCode());")).containsExactly("/made");
        assertThat(paths("new FileWriter(\"/srv/apps\" + hashCode());")).containsExactly("/srv");
    }

    @Test
    void theWritesOfAnUnreadableClassAreUnknown() throws IOException {
        Path broken = Files.createDirectories(directory.resolve("target/classes/com/example"));
        Files.writeString(broken.resolve("Broken.class"), "this is none");

        ContainerNeeds needs = needs("new FileWriter(\"/data/a\");");

        assertThat(needs.needs()).hasSize(1);
        assertThat(needs.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Gap.Kind.WRITES);
            assertThat(gap.subject()).isEqualTo("com/example/Broken");
            assertThat(gap.reason()).isEqualTo("it is not a class file");
        });
    }

    @Test
    void anExistingDirectoryOfTheImageNeedsNoParents() throws IOException {
        assertThat(paths("Files.createDirectories(Path.of(\"/made\"));")).isEmpty();
        assertThat(paths("Files.createDirectories(Path.of(\"/made/below\"));")).containsExactly("/made/below");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            File d = new File("/data/in"); if (!d.exists()) d.mkdir(); new FileWriter(new File(d, "a.xml")); | true
            new FileWriter("/data/in/a.xml"); new File("/data/in/sub").mkdirs();                             | true
            new FileWriter("/data/in/a.xml"); new File("/data/in/sub").mkdir();                              | false
            new FileWriter("/data/in/a.xml"); new File("/data").mkdirs();                                    | false
            """)
    void aDirectoryThatTheCodeMakesNeedNotBeThere(String code, boolean makesParents) throws IOException {
        assertThat(needs(code).needs())
                .filteredOn(need -> need.alternatives().equals(List.of(ContainerPath.of("/data/in/a.xml"))))
                .singleElement()
                .extracting(Need::createsParents)
                .isEqualTo(makesParents);
    }

    @Test
    void temporaryFilesMayBeInADirectoryThatTheCodeMakes() throws IOException {
        String entry = "Files.createTempFile(Path.of(\"/data/tmp\"), \"a\", \"b\");";
        assertThat(needs(entry).needs()).singleElement().extracting(Need::kind).isEqualTo(Need.Kind.ENTRIES);
        assertThat(needs("Files.createDirectories(Path.of(\"/data/tmp\"));" + entry)
                        .needs())
                .singleElement()
                .satisfies(need -> {
                    assertThat(need.kind()).isEqualTo(Need.Kind.DIRECTORY);
                    assertThat(need.createsParents()).isTrue();
                });
    }

    @Test
    void filesInADirectoryOfTheImageNeedTheDirectory() throws IOException {
        library(
                "FSDirectory",
                "package org.apache.lucene.store; public class FSDirectory { public static void open(java.nio.file.Path p) {"
                        + " } }");

        assertThat(paths("org.apache.lucene.store.FSDirectory.open(Path.of(\"/made\"));"))
                .containsExactly("/made");
    }

    @Test
    void aPathWithAComputedEndNeedsItsDirectory() throws IOException {
        assertThat(paths("Files.copy(System.in, Path.of(\"/up/load\", given));"))
                .containsExactly("/up/load");
    }

    @Test
    void aPathWithAComputedBeginningIsUnknown() throws IOException {
        ContainerNeeds needs =
                needs("new FileWriter(given); new FileWriter(given + \"/a\"); new FileWriter(\"/\" + given);");

        assertThat(needs.needs()).isEmpty();
        assertThat(needs.gaps()).singleElement().satisfies(need -> {
            assertThat(need.kind()).isEqualTo(Gap.Kind.COMPUTED);
            assertThat(need.reason()).isEqualTo("the code computes it");
            assertThat(need.hides()).isEqualTo(Impact.FEATURE);
            assertThat(need.evidence().detail()).isEqualTo("new FileWriter in com.example.Shop.use");
        });
    }

    @Test
    void aPathThatTheStartComputesIsUnknownAndFatal() throws IOException {
        ContainerNeeds needs = needs(
                "File dir = new File(args[0]); new FileWriter(dir); if (!dir.exists()) dir.mkdirs();", "", "code");

        assertThat(needs.needs()).isEmpty();
        assertThat(needs.gaps().stream().map(need -> need.subject() + " " + need.kind() + " " + need.hides()))
                .containsExactly(
                        "the path of new FileWriter in com.example.Shop.main COMPUTED FATAL",
                        "the path of File.mkdirs in com.example.Shop.main COMPUTED FEATURE");
    }

    @Test
    void writesOfCodeThatMayNotRunAreNotFatal() throws IOException {
        assertThat(needs("new FileWriter(\"/a\");").needs().get(0).impact()).isEqualTo(Impact.FEATURE);
    }

    /** Asked of a JVM 17 in a container with a read-only root. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            new File("/made/there").createNewFile();                                                  =>
            new File("/made/new").createNewFile();                                                    => /made/new FATAL
            Files.delete(Path.of("/made/there"));                                                     => /made/there FATAL
            Files.deleteIfExists(Path.of("/made/new"));                                               =>
            try { Files.writeString(Path.of("/none/x"), ""); } catch (NoSuchFileException e) { }      => /none/x FEATURE
            try { Files.writeString(Path.of("/made/x"), ""); } catch (NoSuchFileException e) { }      => /made/x FATAL
            try { Files.createTempFile(Path.of("/none"), "", ""); } catch (NoSuchFileException e) { } => /none FEATURE
            try { Files.createDirectories(Path.of("/none/x")); } catch (NoSuchFileException e) { }    => /none/x FATAL
            try { Files.writeString(Path.of("/none/x"), ""); } catch (NoSuchFileException e) { throw e; } => /none/x FATAL
            Path p = Path.of("/none/x"); try { Files.writeString(p, ""); } catch (NoSuchFileException e) { Files.createDirectories(p.getParent()); Files.writeString(p, ""); } => /none FEATURE, /none/x FATAL
            """)
    void aWriteThatFindsNothingToDoIsNotFatal(String main, String expected) throws IOException {
        ContainerNeeds needs =
                needs(main, "", "code", "jar", JAVA.replace("RUN mkdir /made", "RUN mkdir /made && touch /made/there"));

        assertThat(String.join(
                        ", ",
                        needs.needs().stream()
                                .map(need -> need.alternatives().get(0) + " " + need.impact())
                                .sorted()
                                .toList()))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void theEvidenceIsTheLineInTheSource() throws IOException {
        ContainerNeeds needs = needs("new FileWriter(\"/a\");");

        assertThat(needs.needs().get(0).evidence().get(0).location().orElseThrow())
                .hasToString("src/main/java/com/example/Shop.java:6:3");
        assertThat(needs.sources()).hasSize(1);
    }

    /** A library with one class. */
    private Dependencies jar(String group, String artifact, String name, String text) throws IOException {
        Path others = Files.createDirectories(directory.resolve("others"));
        library(name, text, others);
        String file = text.substring("package ".length(), text.indexOf(';')).replace('.', '/') + "/" + name + ".class";
        Path jar = directory.resolve(artifact + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(file));
            Files.copy(others.resolve(file), out);
        }
        return new Dependencies(
                List.of(new Dependency(new Coordinates(group, artifact, "2.1"), "compile", false, Optional.of(jar))),
                List.of());
    }

    private static final String STORE =
            "package org.others; public class Store { public static void open(String in) throws java.io.IOException {\n"
                    + " new java.io.FileWriter(in + \"/LOCK\"); } }";

    @Test
    void theEvidenceOfAWriteInALibraryIsTheCallOfTheProject() throws IOException {
        Dependencies libraries = jar("org.others", "store", "Store", STORE);

        ContainerNeeds needs = needs("org.others.Store.open(\"/var/lib/db\");", "", "code", "jar", JAVA, libraries);

        assertThat(shown(needs)).containsExactly("/var/lib/db/LOCK fatal");
        assertThat(needs.needs().get(0).evidence().get(0).detail())
                .isEqualTo(
                        "new FileWriter in org.others.Store.open(Store.java:2), called in com.example.Shop.main, which runs"
                                + " at start");
        assertThat(needs.needs().get(0).evidence().get(0).location().orElseThrow())
                .hasToString("src/main/java/com/example/Shop.java:4:2");
    }

    @Test
    void theCodeOfALibraryThatTheCatalogueKnowsIsNotRead() throws IOException {
        Dependencies libraries = jar("org.rocksdb", "rocksdbjni", "Store", STORE);

        assertThat(needs("org.others.Store.open(\"/var/lib/db\");", "", "code", "jar", JAVA, libraries)
                        .needs())
                .isEmpty();
    }

    @Test
    void aModuleThatTheCatalogueKnowsIsNotReadASecondTime() throws IOException {
        Dependencies libraries = jar("org.rocksdb", "rocksdbjni", "Store", STORE);

        assertThat(needs(
                                new Coordinates("org.rocksdb", "shop", "1"),
                                "org.others.Store.open(\"/var/lib/db\");",
                                "",
                                "code",
                                "jar",
                                JAVA,
                                libraries)
                        .needs())
                .isEmpty();
    }

    @Test
    void devicesAreNotNeeds() throws IOException {
        assertThat(paths("new FileWriter(\"/dev/stdout\"); new FileWriter(\"/proc/self/x\");"))
                .isEmpty();
    }

    private static List<String> shown(ContainerNeeds needs) {
        return needs.needs().stream()
                .map(need -> need.alternatives().get(0) + " "
                        + need.impact().name().toLowerCase(Locale.ROOT)
                        + (need.executable() ? " executable" : ""))
                .toList();
    }

    private static String connect(String url) {
        return "java.sql.DriverManager.getConnection(" + url + ");";
    }

    @Test
    void aDatabaseThatCodeOpensAtStartIsAFatalNeed() throws IOException {
        assertThat(shown(needs(connect("\"jdbc:sqlite:/data/shop.db\""), "", "code")))
                .containsExactly("/data/shop.db fatal");
        assertThat(shown(needs(connect("\"jdbc:sqlite:\" + System.getenv(\"DATA\") + \"/shop.db\""), "", "code")))
                .containsExactly("/var/lib/shop/shop.db fatal");
        assertThat(needs(connect("\"jdbc:sqlite:shop.db\""), "", "code")
                        .needs()
                        .get(0)
                        .evidence()
                        .get(0)
                        .detail())
                .isEqualTo("DriverManager.getConnection in com.example.Shop.main (SQLite keeps a database in"
                        + " files there, and opens it at start)");
    }

    @Test
    void aDatabaseThatCodeMayOpenIsANeedOfAFeature() throws IOException {
        assertThat(shown(needs("", connect("\"jdbc:sqlite:shop.db\""), "code")))
                .containsExactly("/srv/app/shop.db feature");
    }

    @Test
    void whatOnlyPreparesAWriteIsNotAtStartWhereItsMethodIsNot() throws IOException {
        assertThat(needs("java.net.http.HttpResponse.BodyHandlers.ofFile(java.nio.file.Path.of(\"/got\"));")
                        .needs())
                .singleElement()
                .satisfies(need -> assertThat(need.perhapsFatal()).isFalse());
    }

    /** A pool opens it with the first connection, which Flyway or a health check makes at start: asked of a JVM 17. */
    @Test
    void aDatabaseOfAPoolMayBeOpenedAtStart() throws IOException {
        String pool = "class Pool { void setJdbcUrl(String url) { } } new Pool().setJdbcUrl(\"jdbc:sqlite:shop.db\");";

        assertThat(needs("", pool, "code").needs()).singleElement().satisfies(need -> {
            assertThat(need.impact()).isEqualTo(Impact.FEATURE);
            assertThat(need.perhapsFatal()).isTrue();
        });
        assertThat(needs("", connect("\"jdbc:sqlite:shop.db\""), "code")
                        .needs()
                        .get(0)
                        .perhapsFatal())
                .isFalse();
    }

    @Test
    void aDatabaseOnAServerOrWithoutItsDriverIsIgnored() throws IOException {
        String urls = connect("\"jdbc:sqlite::memory:\"")
                + connect("\"jdbc:postgresql://db/shop\"")
                + connect("\"jdbc:h2:/data/shop\"")
                + connect("given")
                + connect("System.getenv(\"URL\")");
        ContainerNeeds needs = needs("", urls, "code");

        assertThat(needs.needs()).isEmpty();
        assertThat(needs.gaps()).isEmpty();
    }

    @Test
    void aDatabaseWithAComputedPathIsReported() throws IOException {
        assertThat(needs("", connect("\"jdbc:sqlite:\" + given"), "code").gaps())
                .singleElement()
                .satisfies(need -> assertThat(need.reason()).isEqualTo("the code computes it"));
    }

    @Test
    void openingADatabaseUsesItsDriver() throws IOException {
        assertThat(shown(needs(connect("\"jdbc:sqlite::memory:\""), "", "dependencies")))
                .containsExactly("/scratch fatal executable");
        assertThat(shown(needs("", connect("\"jdbc:sqlite::memory:\""), "dependencies")))
                .containsExactly("/scratch feature executable");
        assertThat(shown(needs("", connect("\"jdbc:postgresql://db/shop\""), "dependencies")))
                .containsExactly("/scratch tolerated executable");
    }

    @Test
    void theTemporaryFileOfANativeLibraryLoadedAtStartIsAFatalNeed() throws IOException {
        library("RocksDB", "package org.rocksdb; public class RocksDB { public static void open(String path) { } }");
        String open = "org.rocksdb.RocksDB.open(\"/data\");";

        assertThat(shown(needs(open, "", "dependencies"))).containsExactly("/scratch fatal executable");
        assertThat(shown(needs("Runnable later = () -> " + open, "", "dependencies")))
                .containsExactly("/scratch feature executable");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3.5.7  | @EnableBatchProcessing class Config { }            | feature
                    3.5.7  | class Config extends DefaultBatchConfiguration { } | feature
                    3.5.7  | class Config { }                                   | fatal
                    2.7.18 | @EnableBatchProcessing class Config { }            | fatal
                    3.5.7  | @EnableBatchProcessing class Config { JobLauncher launcher; void at(JobLauncher it) { it.run(); } } | fatal
                    """)
    void withoutSpringBootsOwnRunnerOfJobsTheirOutputIsAFeature(String version, String config, String expected)
            throws IOException {
        Path libraries = Files.createDirectories(directory.resolve("libraries"));
        Compiled.compile(
                libraries,
                List.of(),
                "package org.springframework.core.io; public interface Resource { }",
                "package org.springframework.core.io; public class FileSystemResource implements Resource {"
                        + " public FileSystemResource(String path) { } }",
                "package org.springframework.batch.item.file.builder; public class FlatFileItemWriterBuilder {"
                        + " public void resource(org.springframework.core.io.Resource to) { } }",
                "package org.springframework.batch.core.configuration.annotation; public @interface"
                        + " EnableBatchProcessing { }",
                "package org.springframework.batch.core.configuration.support; public class"
                        + " DefaultBatchConfiguration { }",
                "package org.springframework.batch.core.launch; public interface JobLauncher { void run(); }",
                "package org.springframework.batch.core.step.tasklet; public interface Tasklet {"
                        + " void execute() throws Exception; }");
        Compiled.compile(
                Files.createDirectories(directory.resolve("target/classes")),
                List.of("-cp", libraries.toString()),
                "package com.acme; import org.springframework.batch.core.configuration.annotation.*;"
                        + " import org.springframework.batch.core.configuration.support.*;"
                        + " import org.springframework.batch.core.launch.*; " + config,
                "package com.acme; class Output { void writer() {"
                        + " new org.springframework.batch.item.file.builder.FlatFileItemWriterBuilder().resource("
                        + "new org.springframework.core.io.FileSystemResource(\"/out/report.csv\")); } }",
                "package com.acme; class First implements org.springframework.batch.core.step.tasklet.Tasklet {"
                        + " public void execute() { } }",
                "package com.acme; class Second implements org.springframework.batch.core.step.tasklet.Tasklet {"
                        + " public void execute() throws Exception { new java.io.FileWriter(\"/step/x\"); } }");
        ContainerContext context = new Situation()
                .in(directory)
                .library("org.springframework.boot:spring-boot:" + version)
                .library("org.springframework.batch:spring-batch-core:5.2.0")
                .context();
        List<Need> needs = ContainerNeeds.of(context, List.of(), Set.of("code")).needs();
        assertThat(needs)
                .extracting(need ->
                        need.perhapsFatal() ? "perhaps" : need.impact().name().toLowerCase(Locale.ROOT))
                .containsExactly(expected, expected.equals("fatal") ? "perhaps" : "feature");
    }
}
