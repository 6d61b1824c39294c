// SPDX-License-Identifier: Apache-2.0

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
            ((ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory()).reset();
        }
    }

    public static void main(String[] arguments) throws Exception {
        serve(new SpringBootLogging(), arguments[0]);
    }
}
