// SPDX-License-Identifier: Apache-2.0

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Map;

/** Makes the configuration that an application on Quarkus 2 makes at its start. */
final class Quarkus2 extends Driver {

    @Override
    Map<String, String> answer(Map<String, String> environment, List<String> arguments, List<String> keys)
            throws ReflectiveOperationException {
        replaceEnvironment(environment);
        SmallRyeConfig config =
                ConfigUtils.configBuilder(true, LaunchMode.NORMAL).build();
        return values(
                keys,
                key -> config.getConfigValue(key).getValue(),
                key -> config.getOptionalValue(key, Boolean.class).orElse(null));
    }

    public static void main(String[] arguments) throws Exception {
        serve(new Quarkus2(), arguments);
    }
}
