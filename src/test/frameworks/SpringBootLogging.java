// SPDX-License-Identifier: Apache-2.0

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts an application of nothing, whose logging Spring Boot configures after Logback has configured itself. */
final class SpringBootLogging extends LoggingDriver {

    @Override
    void configure(Map<String, String> environment, List<String> arguments) throws Exception {
        Properties before = (Properties) System.getProperties().clone();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getStatusManager().clear();
        try {
            // What Logback does once in a JVM, when it is first used.
            new ContextInitializer(context).autoConfig();
            start(arguments);
        } finally {
            LoggingSystem.get(getClass().getClassLoader()).cleanUp();
            context.reset();
            System.setProperties(before);
        }
    }

    private static void start(List<String> arguments) {
        SpringApplication application = new SpringApplication(SpringBootLogging.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        try (ConfigurableApplicationContext context = application.run(arguments.toArray(new String[0]))) {
            context.getEnvironment();
        }
    }

    @Override
    boolean startsWithout(
            String file, Set<String> opened, Map<String, String> environment, List<String> arguments) throws Exception {
        for (String each : opened) {
            Files.deleteIfExists(Path.of(each));
        }
        // No file can be opened where a directory is.
        Path obstacle = Files.createDirectory(Path.of(file));
        try {
            configure(environment, arguments);
            return true;
        } catch (IllegalStateException e) {
            return false;
        } finally {
            Files.delete(obstacle);
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        // Now, lest what it prints be taken for an answer.
        ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
        System.setOut(answers);
        serve(new SpringBootLogging(), arguments);
    }
}
