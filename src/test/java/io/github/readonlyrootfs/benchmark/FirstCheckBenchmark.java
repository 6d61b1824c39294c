// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost for a build that checks once: the check in a new JVM with only the client compiler, compared with the time
 * in which Jackson's data binding reads the same task definition. Run it with {@code -Djmh.arguments=FirstCheck}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 20,
        jvmArgsAppend = {"-XX:TieredStopAtLevel=1", "-Xshare:auto"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class FirstCheckBenchmark {

    private SmallTask task;

    @Setup
    public void write() throws IOException {
        task = SmallTask.write();
    }

    @TearDown
    public void remove() throws IOException {
        task.remove();
    }

    @Benchmark
    public CheckResult check() throws ConfigurationException {
        return ReadOnlyRootAnalysis.check(task.request());
    }

    @Benchmark
    public JsonNode readTree() throws IOException {
        return new ObjectMapper().readTree(task.taskDefinition().toFile());
    }
}
