// SPDX-License-Identifier: Apache-2.0

import io.quarkus.config.yaml.runtime.YamlConfigBuilder;
import io.quarkus.runtime.configuration.RuntimeConfigBuilder;
import io.smallrye.config.PropertiesLocationConfigSourceFactory;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSourceLoader;
import io.smallrye.config.source.yaml.YamlLocationConfigSourceFactory;
import java.util.List;
import java.util.Map;

/** Makes the configuration that a Quarkus application makes at its start. */
final class Quarkus extends Driver {

    @Override
    Map<String, String> answer(Map<String, String> environment, List<String> arguments, List<String> keys)
            throws ReflectiveOperationException {
        replaceEnvironment(environment);
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().forClassLoader(Thread.currentThread().getContextClassLoader());
        // What Quarkus generates for an application with quarkus-config-yaml, and in its order.
        new RuntimeConfigBuilder().configBuilder(builder);
        builder.withSources(new YamlConfigSourceLoader.InClassPath());
        builder.withSources(new YamlConfigSourceLoader.InFileSystem());
        builder.withSources(new PropertiesLocationConfigSourceFactory(), new YamlLocationConfigSourceFactory());
        new YamlConfigBuilder().configBuilder(builder);
        SmallRyeConfig config = builder.build();
        return values(
                keys,
                key -> config.getConfigValue(key).getValue(),
                key -> config.getOptionalValue(key, Boolean.class).orElse(null));
    }

    public static void main(String[] arguments) throws Exception {
        serve(new Quarkus(), arguments);
    }
}
