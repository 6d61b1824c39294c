// SPDX-License-Identifier: Apache-2.0

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurablePropertyResolver;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** Starts an application of nothing, and has its binder read keys; a key of {@code logging} is read as Spring Boot does. */
final class SpringBoot extends Driver {

    /** Spring Boot's own, but for the variables. */
    private static final class Environment extends StandardEnvironment {

        private final Map<String, Object> variables;

        Environment(Map<String, String> variables) {
            this.variables = new LinkedHashMap<>(variables);
            getPropertySources().replace(
                    SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                    new org.springframework.core.env.SystemEnvironmentPropertySource(
                            SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, this.variables));
        }

        @Override
        public Map<String, Object> getSystemEnvironment() {
            return variables == null ? Map.of() : variables;
        }

        @Override
        protected String doGetActiveProfilesProperty() {
            return null;
        }

        @Override
        protected String doGetDefaultProfilesProperty() {
            return null;
        }

        @Override
        protected ConfigurablePropertyResolver createPropertyResolver(MutablePropertySources sources) {
            return ConfigurationPropertySources.createPropertyResolver(sources);
        }
    }

    @Override
    Map<String, String> answer(Map<String, String> environment, List<String> arguments, List<String> keys) {
        SpringApplication application = new SpringApplication(SpringBoot.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setEnvironment(new Environment(environment));
        try (ConfigurableApplicationContext context = application.run(arguments.toArray(new String[0]))) {
            Binder binder = Binder.get(context.getEnvironment());
            return values(
                    keys,
                    key -> key.startsWith("logging.")
                            ? context.getEnvironment().getProperty(key)
                            : binder.bind(key, String.class).orElse(null),
                    key -> binder.bind(key, Boolean.class).orElse(null));
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        serve(new SpringBoot(), arguments);
    }
}
