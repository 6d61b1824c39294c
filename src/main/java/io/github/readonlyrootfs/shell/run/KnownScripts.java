// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Optional;
import java.util.Set;

/** Scripts of distributions whose text is not available, with the variables that {@code .} of them sets. */
final class KnownScripts {

    private static final Set<String> RELEASE_FILES = Set.of("/etc/os-release", "/usr/lib/os-release");

    /** See the manual page os-release(5), and those that Debian, Ubuntu and Red Hat add. */
    private static final Set<String> RELEASE = Set.of(
            "NAME",
            "ID",
            "ID_LIKE",
            "PRETTY_NAME",
            "CPE_NAME",
            "VARIANT",
            "VARIANT_ID",
            "VERSION",
            "VERSION_ID",
            "VERSION_CODENAME",
            "BUILD_ID",
            "IMAGE_ID",
            "IMAGE_VERSION",
            "HOME_URL",
            "DOCUMENTATION_URL",
            "SUPPORT_URL",
            "BUG_REPORT_URL",
            "PRIVACY_POLICY_URL",
            "SUPPORT_END",
            "LOGO",
            "ANSI_COLOR",
            "VENDOR_NAME",
            "VENDOR_URL",
            "DEFAULT_HOSTNAME",
            "ARCHITECTURE",
            "SYSEXT_LEVEL",
            "SYSEXT_SCOPE",
            "PORTABLE_PREFIXES",
            "DEBIAN_VERSION_FULL",
            "DEBIAN_CODENAME",
            "UBUNTU_CODENAME",
            "PLATFORM_ID",
            "REDHAT_BUGZILLA_PRODUCT",
            "REDHAT_BUGZILLA_PRODUCT_VERSION",
            "REDHAT_SUPPORT_PRODUCT",
            "REDHAT_SUPPORT_PRODUCT_VERSION");

    /** Of a virtual environment of Python. */
    private static final Set<String> ACTIVATE = Set.of(
            "PATH",
            "VIRTUAL_ENV",
            "VIRTUAL_ENV_PROMPT",
            "PYTHONHOME",
            "PS1",
            "_OLD_VIRTUAL_PATH",
            "_OLD_VIRTUAL_PYTHONHOME",
            "_OLD_VIRTUAL_PS1");

    private KnownScripts() {}

    /** The variables that a script may change; empty where that may be any. */
    static Optional<Set<String>> variables(ContainerPath file) {
        if (RELEASE_FILES.contains(file.toString())) {
            return Optional.of(RELEASE);
        }
        return file.toString().endsWith("/bin/activate") ? Optional.of(ACTIVATE) : Optional.empty();
    }
}
