// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.benchmark;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The check of {@link FirstCheckBenchmark} repeated: the cost for each further module of a large reactor. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RepeatedCheckBenchmark {

    private SmallTask task;
    private CheckRequest request;

    @Setup
    public void write() throws IOException {
        task = SmallTask.write();
        request = task.request();
    }

    @TearDown
    public void remove() throws IOException {
        task.remove();
    }

    @Benchmark
    public CheckResult check() throws ConfigurationException {
        return ReadOnlyRootAnalysis.check(request);
    }
}
