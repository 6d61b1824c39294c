package io.github.readonlyrootfs;

/** Checks a task: which paths can its containers write under a read-only root, and is that what they need? */
public final class ReadOnlyRootAnalysis {

    private ReadOnlyRootAnalysis() {}

    /**
     * Runs a check. What is wrong with the user's files is a finding.
     *
     * @throws ConfigurationException when it cannot be told which container is built from the Dockerfile, or a
     *     configured name does not exist
     */
    public static CheckResult check(CheckRequest request) throws ConfigurationException {
        throw new ConfigurationException("cannot check " + request);
    }
}
