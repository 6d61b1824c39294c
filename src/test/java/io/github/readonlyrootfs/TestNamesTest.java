// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The tests are written in one style. */
@AnalyzeClasses(packagesOf = ReadOnlyRootAnalysis.class, importOptions = ImportOption.OnlyIncludeTests.class)
class TestNamesTest {

    @ArchTest
    static final ArchRule NAMES_ARE_IN_CAMEL_CASE = noMethods()
            .should()
            .haveNameMatching("[a-z][A-Za-z0-9]*_.*")
            .because("a test's name is a sentence in camel case");
}
