// SPDX-License-Identifier: Apache-2.0

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts an application of nothing, whose logging Spring Boot configures. */
final class SpringBootLogging extends LoggingDriver {

    @Override
    void configure(Map<String, String> environment, List<String> arguments) {
        SpringApplication application = new SpringApplication(SpringBootLogging.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        try (ConfigurableApplicationContext context = application.run(arguments.toArray(new String[0]))) {
            context.getEnvironment();
        } finally {
            LoggingSystem.get(getClass().getClassLoader()).cleanUp();
            resetLogback();
        }
    }

    private static void resetLogback() {
        ((ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory()).reset();
    }

    public static void main(String[] arguments) throws Exception {
        // Logback configures itself once in a JVM, before Spring Boot does: here with nothing, lest the first answer have that too.
        PrintStream answers = System.out;
        System.setOut(System.err);
        resetLogback();
        System.setOut(answers);
        serve(new SpringBootLogging(), arguments[0]);
    }
}
