// SPDX-License-Identifier: Apache-2.0

import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/** Makes the configuration that an application on SmallRye Config alone makes at its start. */
final class SmallRye extends Driver {

    @Override
    Map<String, String> answer(Map<String, String> environment, List<String> arguments, List<String> keys)
            throws ReflectiveOperationException {
        replaceEnvironment(environment);
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        SmallRyeConfig config = (SmallRyeConfig) resolver.getConfig();
        try {
            return values(
                    keys,
                    key -> config.getConfigValue(key).getValue(),
                    key -> config.getOptionalValue(key, Boolean.class).orElse(null));
        } finally {
            resolver.releaseConfig(config);
        }
    }

    public static void main(String[] arguments) throws Exception {
        serve(new SmallRye(), arguments);
    }
}
