// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.management.ThreadMXBean;
import io.github.readonlyrootfs.configuration.ApplicationConfiguration.Conditional;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpringConfigurationTest {

    @TempDir
    Path directory;

    private Project project(String files) {
        return new Project(directory).with(files);
    }

    private static String value(Project project, String key) {
        return Project.show(project.spring().value(key));
    }

    @Test
    void aValueHasItsLocation() {
        Project project = project("""
                == application.yml
                logging:
                  file:
                    name: "/var/log/app.log"
                """);
        assertThat(value(project, "logging.file.name")).isEqualTo("/var/log/app.log @ classes/application.yml:3:11");
    }

    @Test
    void anUnsetVariableIsAbsent() {
        assertThat(value(project(""), "logging.file.name")).isEqualTo("-");
    }

    @Test
    void propertiesWinOverYamlAndTheConfigDirectoryOverTheRoot() {
        Project project = project("""
                == application.yaml
                a: yaml
                b: yaml
                c: yaml
                d: yaml
                == application.yml
                b: yml
                c: yml
                d: yml
                == application.properties
                c=properties
                d=properties
                == config/application.yaml
                d: config
                """);
        assertThat(List.of("a", "b", "c", "d"))
                .extracting(key -> project.spring().value(key).known().orElseThrow())
                .containsExactly("yaml", "yml", "properties", "config");
    }

    @Test
    void filesOfPropertySourcesAreWeakerThanSpringBootsFiles() {
        Project project = project("""
                == shop.properties
                a=shop
                b=shop
                == conf/more.properties
                b=more
                c=more
                == application.properties
                c=application
                """);
        ApplicationConfiguration spring = SpringConfiguration.read(
                project.files(),
                project.launch(),
                new SpringConfiguration.Rules(false, true),
                ContainerFiles.NONE,
                List.of(
                        "classpath:shop.properties",
                        "classpath:/conf/more.properties",
                        "file:/etc/x.properties",
                        "gone.xml"));
        assertThat(List.of("a", "b", "c"))
                .extracting(key -> spring.value(key).known().orElseThrow())
                .containsExactly("shop", "more", "application");
    }

    @Test
    void anImportedFileForAProfileWinsOverAllOtherImports() {
        Project project = project("""
                == one.properties
                a=one
                b=one
                == one-prod.properties
                a=one-prod
                == two.properties
                a=two
                b=two
                """);
        project.property("spring.config.import=classpath:one.properties,classpath:two.properties");
        project.env("SPRING_PROFILES_ACTIVE=prod");

        assertThat(List.of("a", "b"))
                .extracting(key -> project.spring().value(key).known().orElseThrow())
                .containsExactly("one-prod", "two");
        ApplicationConfiguration older = SpringConfiguration.read(
                project.files(),
                project.launch(),
                new SpringConfiguration.Rules(false, false),
                ContainerFiles.NONE,
                List.of());
        assertThat(older.value("a").known()).contains("two");
    }

    @Test
    void theCommandLineWinsOverJsonOverSystemPropertiesOverTheEnvironment() {
        project("""
                == application.properties
                a.b-c=file
                """);
        assertThat(value(new Project(directory), "a.b-c")).startsWith("file @");
        Project project = new Project(directory).env("A_BC=env");
        assertThat(value(project, "a.b-c")).startsWith("env @ taskdef.json");
        project.property("a.b-c=-D");
        assertThat(value(project, "a.b-c")).startsWith("-D @");
        project.env("SPRING_APPLICATION_JSON={\"a\": {\"bC\": \"json\"}}");
        assertThat(value(project, "a.b-c")).startsWith("json @ taskdef.json");
        project.args("run", "--a.b-c=argument", "-x");
        assertThat(value(project, "a.b-c")).startsWith("argument @");
    }

    @Test
    void unknownJsonMaySetAnyKey() {
        ApplicationConfiguration spring =
                project("").env("SPRING_APPLICATION_JSON=?").spring();
        assertThat(spring.incomplete()).contains("the content of SPRING_APPLICATION_JSON may set it");
    }

    @Test
    void anUnknownEnvironmentVariableMakesTheKeyUnknown() {
        Project project =
                project("== application.properties\nlogging.file.name=a.log\n").env("LOGGING_FILE_NAME=?");
        assertThat(value(project, "logging.file.name")).isEqualTo("? LOGGING_FILE_NAME comes from a secret");
    }

    @Test
    void aPlaceholderInAnUnusualSpellingMatchesOnlyThatSpellingOfTheKey() {
        Project project = project("""
                == application.properties
                shop.upload_dir=/under
                shop.uploadDir=/camel
                == config/application.properties
                shop.uploadDir=${shop.upload_dir}/own
                a=${shop.upload_dir}
                b=${shop.uploadDir}
                c=${shop.upload-dir}
                d=${shop.UploadDir:none}
                """);
        assertThat(List.of("shop.upload-dir", "a", "b", "c", "d"))
                .extracting(key -> project.spring().value(key).known().orElse(""))
                .containsExactly("/under/own", "/under", "/under/own", "/under/own", "none");
    }

    @Test
    void aPlaceholderInAnUnusualSpellingMatchesOnlyThatSpellingOfTheVariable() {
        Project project = project("""
                == application.properties
                a=${shop.uploadDir:none}
                b=${shop.upload-dir:none}
                """).env("SHOP_UPLOAD_DIR=/variable");
        assertThat(List.of("a", "b"))
                .extracting(key -> project.spring().value(key).known().orElse(""))
                .containsExactly("none", "/variable");
        project.env("SHOP_UPLOADDIR=/other");
        assertThat(project.spring().value("a").known()).contains("/other");
    }

    @Test
    void placeholdersAreResolvedFromAllSources() {
        Project project = project("""
                == application.yml
                own:
                  place: ${LOG_DIR:${java.io.tmpdir}}/logs
                logging.file.name: ${own.place}/${spring.application.name}.log
                spring.application.name: shop
                """).property("java.io.tmpdir=/tmp");
        assertThat(value(project, "logging.file.name")).startsWith("/tmp/logs/shop.log @");
        project.env("LOG_DIR=/data");
        assertThat(value(project, "logging.file.name")).startsWith("/data/logs/shop.log @");
        project.env("LOG_DIR=?");
        assertThat(value(project, "logging.file.name")).isEqualTo("? LOG_DIR comes from a secret");
    }

    @Test
    void filesAndDocumentsOfAnActiveProfileAreRead() {
        String files = """
                == application.yml
                a: plain
                b: plain
                c: plain
                ---
                spring.config.activate.on-profile: prod | demo
                b: document
                c: document
                ---
                spring.profiles: test
                a: test
                == application-prod.properties
                c=file
                == application-eu.properties
                c=eu
                """;
        assertThat(values(project(files).env("SPRING_PROFILES_ACTIVE=prod"))).isEqualTo("plain document file");
        assertThat(values(project(files).property("spring.profiles.active=prod,eu")))
                .isEqualTo("plain document eu");
        assertThat(values(project(files).args("--spring.profiles.active=eu,prod")))
                .isEqualTo("plain document file");
        assertThat(values(project(files).env("SPRING_PROFILES_ACTIVE=test"))).isEqualTo("test plain plain");
        assertThat(values(project(files))).isEqualTo("plain plain plain");
    }

    private static String values(Project project) {
        ApplicationConfiguration configuration = project.spring();
        return String.join(
                " ",
                List.of("a", "b", "c").stream()
                        .map(key -> configuration.value(key).known().orElse("?"))
                        .toList());
    }

    @Test
    void aFileCanActivateAProfileAndTheEnvironmentOverridesIt() {
        Project project = project("""
                == application.properties
                spring.profiles.active=prod
                #---
                spring.config.activate.on-profile=prod
                a=prod
                #---
                spring.config.activate.on-profile=demo
                a=demo
                """);
        assertThat(value(project, "a")).startsWith("prod @ classes/application.properties:4:3");
        assertThat(value(project.env("SPRING_PROFILES_ACTIVE=demo"), "a")).startsWith("demo @");
        assertThat(project.spring().conditional()).isEmpty();
    }

    @Test
    void groupsAndIncludesAddProfiles() {
        Project project = project("""
                == application.yml
                spring:
                  profiles:
                    active:
                      - prod
                    include: common
                    group:
                      prod: [db, log]
                      log: [log, prod, files]
                """);
        assertThat(project.spring().profiles().active()).containsExactly("common", "prod", "db", "log", "files");
    }

    @Test
    void withoutAProfileTheDefaultOneIsActive() {
        Project project = project("""
                == application-default.yml
                a: default
                == application-other.yml
                a: other
                """);
        assertThat(value(project, "a")).startsWith("default @");
        assertThat(value(project.env("SPRING_PROFILES_DEFAULT=other"), "a")).startsWith("other @");
    }

    @Test
    void settingsOfInactiveProfilesAreConditional() {
        Project project = project("""
                == application.yml
                a: plain
                ---
                spring.config.activate.on-profile: "!local"
                b: not-local
                ---
                spring.config.activate.on-profile: "prod & eu"
                a: eu
                == application-prod.yml
                a: prod
                == application-dev.yml
                a: dev
                == application-local.yml
                a: local
                == application-test.yml
                a: test
                """);
        assertThat(value(project, "a")).startsWith("plain @");
        assertThat(value(project, "b")).startsWith("not-local @");
        assertThat(project.spring().conditional())
                .extracting(
                        Conditional::condition,
                        it -> it.configuration().value("a").known().orElse("?"))
                .containsExactly(tuple("profile prod & eu", "eu"), tuple("profile prod", "prod"));
    }

    @Test
    void settingsForProfilesAreUnknownIfTheProfilesAre() {
        Project project = project("""
                == application.yml
                a: plain
                b: plain
                c: plain
                ---
                spring.config.activate.on-profile: "!test"
                d: not-test
                == application-prod.yml
                a: prod
                == application-test.yml
                b: test
                == application-dev.yml
                c: dev
                """).env("SPRING_PROFILES_ACTIVE=?");
        assertThat(value(project, "a"))
                .isEqualTo("? classes/application-prod.yml:1:4 sets it for a profile, and the active profiles are"
                        + " unknown");
        assertThat(value(project, "b")).startsWith("plain @");
        assertThat(value(project, "c")).startsWith("? classes/application-dev.yml:1:4 sets it");
        assertThat(value(project, "d")).startsWith("not-test @");
        assertThat(project.spring().profiles().unknown())
                .contains("of spring.profiles.active, SPRING_PROFILES_ACTIVE comes from a secret");
        assertThat(project.spring().conditional())
                .extracting(Conditional::condition)
                .containsExactly("profile prod");
    }

    @Test
    void aProfileThatMavenDidNotFilterIsUnknown() {
        Project project = project("""
                == application.properties
                spring.profiles.active=@activatedProperties@
                a=plain
                == application-prod.properties
                a=prod
                """);
        assertThat(value(project, "a")).startsWith("? classes/application-prod.properties:1:3 sets it for a profile");
    }

    @Test
    void anEnvironmentFileMayChooseAProfile() {
        Project project = project("== application.properties\na=plain\n== application-prod.properties\na=prod\n")
                .incomplete("a file may set it");
        assertThat(value(project, "a")).startsWith("? classes/application-prod.properties:1:3 sets it");
        assertThat(project.spring().profiles().unknown())
                .contains("nothing here sets spring.profiles.active, but a file may set it");
        assertThat(value(project.property("spring.profiles.active=prod"), "a")).startsWith("prod @");
    }

    @Test
    void documentsForACloudPlatformAreIgnoredOnEcs() {
        Project project = project("""
                == application.properties
                a=plain
                #---
                spring.config.activate.on-cloud-platform=kubernetes
                a=kubernetes
                """);
        assertThat(value(project, "a")).startsWith("plain @");
    }

    @Test
    void documentsForNoCloudPlatformImportAfterAllOthers() {
        Project project = project("""
                == application.properties
                spring.config.import=classpath:extra.properties
                == config/application.properties
                spring.config.activate.on-cloud-platform=none
                spring.config.import=classpath:extra.properties
                a=config
                == extra.properties
                a=extra
                """);
        assertThat(value(project, "a")).startsWith("config @");
    }

    @Test
    void importsFromTheClassPathAreReadAndOthersMakeKeysUnknown() {
        Project project = project("""
                == application.properties
                spring.config.import=classpath:more/extra.yml,optional:classpath:nowhere.yml
                a=${DIR:plain}
                b=plain
                == more/extra.yml
                b: imported
                spring.config.import: sibling.properties
                == more/sibling.properties
                c=sibling
                spring.config.import=classpath:more/extra.yml
                """);
        assertThat(value(project, "a")).startsWith("plain @");
        assertThat(value(project, "b")).startsWith("imported @ classes/more/extra.yml:1:4");
        assertThat(value(project, "c")).startsWith("sibling @");
        project.with("application.yml", "spring.config.import: 'optional:configserver:'\n");
        assertThat(value(project, "a"))
                .isEqualTo(
                        "? nothing here sets DIR, but what spring.config.import in application.yml names may set it");
        assertThat(value(project, "b")).startsWith("imported @");
    }

    @Test
    void bootstrapFilesAreTheWeakest() {
        Project project = project("""
                == bootstrap.yml
                a: bootstrap
                b: bootstrap
                == application.yml
                a: application
                """);
        assertThat(value(project, "a")).startsWith("application @");
        assertThat(value(project, "b")).startsWith("bootstrap @");
        assertThat(SpringConfiguration.read(
                                project.files(),
                                project.launch(),
                                new SpringConfiguration.Rules(false, true),
                                ContainerFiles.NONE,
                                List.of())
                        .value("b")
                        .isAbsent())
                .isTrue();
    }

    @Test
    void namesAndLocationsOfFilesCanBeSet() {
        project("""
                == application.properties
                a=application
                == shop.yml
                a: shop
                == other/shop.yml
                a: other
                """);
        assertThat(value(new Project(directory).env("SPRING_CONFIG_NAME=shop"), "a"))
                .startsWith("shop @");
        assertThat(value(
                        new Project(directory)
                                .args(
                                        "--spring.config.name=shop",
                                        "--spring.config.location=classpath:/,classpath:/other/"),
                        "a"))
                .startsWith("other @");
        assertThat(value(new Project(directory).args("--spring.config.location=classpath:shop.yml"), "a"))
                .startsWith("shop @");
        Project elsewhere = new Project(directory).args("--spring.config.location=file:/etc/app/");
        assertThat(value(elsewhere, "a")).isEqualTo("-");
        assertThat(elsewhere.spring().incomplete()).contains("what spring.config.location names may set it");
    }

    @Test
    void keysAreFoundByPatternInAllSources() {
        Project project = project("""
                == application.yml
                spring.datasource.url: a
                app.db.jdbcUrl: b
                """)
                .env("SPRING_DATASOURCE_URL=c", "APP_DB_JDBC_URL=d", "REPORTS_URL=e")
                .args("--x.url=f");
        ApplicationConfiguration configuration = project.spring();
        assertThat(configuration.keys("*.url"))
                .containsExactly("app.db.jdbc.url", "reports.url", "spring.datasource.url", "x.url");
        assertThat(configuration.keys("*.jdbc-url")).containsExactly("app.db.jdbcUrl");
        assertThat(value(project, "app.db.jdbcUrl")).startsWith("d @");
    }

    @Test
    void anInvalidYamlFileIsAProblemAndTheOthersAreRead() {
        Project project = project("""
                == application.yml
                a:
                \t- b
                == application.properties
                a=1
                """);
        ConfigurationFiles files = project.files();
        assertThat(Project.show(SpringConfiguration.read(
                                files,
                                project.launch(),
                                new SpringConfiguration.Rules(true, true),
                                ContainerFiles.NONE,
                                List.of())
                        .value("a")))
                .startsWith("1 @");
        SpringConfiguration.read(
                files, project.launch(), new SpringConfiguration.Rules(true, true), ContainerFiles.NONE, List.of());
        assertThat(files.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.location()).hasToString("classes/application.yml:2:1");
            assertThat(problem.message()).isEqualTo("YAML does not allow tabs for indentation");
        });
    }

    @Test
    void aValueThatIsNotUtf8IsUnknown() throws Exception {
        Files.write(
                directory.resolve("application.properties"),
                "# für\na=/data/für\nb=/data\n".getBytes(StandardCharsets.ISO_8859_1));
        Project project = new Project(directory);
        assertThat(value(project, "a")).isEqualTo("? it is not written in UTF-8");
        assertThat(value(project, "b")).startsWith("/data @");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &a [*a]",
                "a: *b",
                "? [x] : y",
                "[",
                "\u0000",
                "a: !!java.net.URL [x]",
                "- - - x",
                "a",
                "---\n---\n---",
                "%YAML 9.9\n---\na: b",
                "a: {b: }",
                "'",
                "&a a: *a"
            })
    void strangeYamlDoesNoHarm(String text) {
        Project project = project("").with("application.yml", text).with("application.properties", "z=1");
        assertThat(value(project, "z")).startsWith("1 @");
    }

    @Test
    @Timeout(60)
    void readingLargeFilesIsLimited() {
        String aliases = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
                + IntStream.range(1, 100)
                        .mapToObj(i -> "a%d: &a%d [%s]\n"
                                .formatted(i, i, "*a%d,".formatted(i - 1).repeat(9)))
                        .collect(Collectors.joining());
        String longKeys = "? " + "k".repeat(2_000_000) + "\n:\n" + " a: b\n".repeat(100_000);
        Project project = project("")
                .with("application.yml", aliases)
                .with("application.yaml", longKeys)
                .with("application.properties", "a\n".repeat(1_000_000))
                .with("application-prod.properties", "spring.config.import=classpath:application-prod.properties")
                .env("SPRING_PROFILES_ACTIVE=prod");
        ConfigurationFiles files = project.files();
        SpringConfiguration.read(
                files, project.launch(), new SpringConfiguration.Rules(true, true), ContainerFiles.NONE, List.of());
        assertThat(files.problems())
                .extracting(problem -> problem.message())
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it).contains("more than 500000 values"),
                        it -> assertThat(it).contains("more than 200000 properties"));
    }

    /** Allocated memory is independent of the load: four times as many documents allocate about four times as much. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1",
                "spring.config.import: optional:x.yml",
                "spring.config.import: application.yml",
                "spring.config.import: optional:${a}.yml",
                "spring.config.activate.on-profile: p\nspring.config.import: application.yml"
            })
    void theCostOfAFileGrowsWithTheNumberOfItsDocuments(String document) {
        allocated(document, 100);
        assertThat(allocated(document, 4_000)).isLessThan(7 * allocated(document, 1_000));
    }

    private long allocated(String document, int times) {
        Project project = project("").with("application.yml", (document + "\n---\n").repeat(times));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        project.spring();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void tooManyImportsWithPlaceholdersMakeKeysUnknown() {
        Project few =
                project("").with("application.yml", "spring.config.import: optional:${a:b}.yml\n---\n".repeat(50));
        assertThat(few.spring().incomplete()).isEmpty();

        Project many =
                project("").with("application.yml", "spring.config.import: optional:${a:b}.yml\n---\n".repeat(51));
        assertThat(many.spring().incomplete()).contains("what spring.config.import names may set it");
    }
}
