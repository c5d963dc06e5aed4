package org.steerstudy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Keeps the arrows between the rooms as docs/adr/0001 draws them. */
@AnalyzeClasses(packages = "org.steerstudy", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

  /** Which room may use which; a room that is not named on the right of another is closed to it. */
  @ArchTest
  static final ArchRule roomsUseOnlyWhatTheyMay =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.steerstudy..")
          .withOptionalLayers(true)
          .layer("engine")
          .definedBy("org.steerstudy.engine..")
          .layer("agreement")
          .definedBy("org.steerstudy.agreement..")
          .layer("study")
          .definedBy("org.steerstudy.study..")
          .layer("session")
          .definedBy("org.steerstudy.session..")
          .layer("workbench")
          .definedBy("org.steerstudy.workbench..")
          .layer("telemetry")
          .definedBy("org.steerstudy.telemetry..")
          .layer("moderation")
          .definedBy("org.steerstudy.moderation..")
          .layer("replay")
          .definedBy("org.steerstudy.replay..")
          .layer("coding")
          .definedBy("org.steerstudy.coding..")
          .layer("report")
          .definedBy("org.steerstudy.report..")
          .layer("export")
          .definedBy("org.steerstudy.export..")
          .layer("access")
          .definedBy("org.steerstudy.access..")
          .layer("platform")
          .definedBy("org.steerstudy.platform..")
          .layer("robot")
          .definedBy("org.steerstudy.robot..")
          .layer("cli")
          .definedBy("org.steerstudy.cli..")
          .whereLayer("engine")
          .mayNotAccessAnyLayer()
          .whereLayer("agreement")
          .mayNotAccessAnyLayer()
          .whereLayer("platform")
          .mayNotAccessAnyLayer()
          .whereLayer("robot")
          .mayNotAccessAnyLayer()
          .whereLayer("study")
          .mayOnlyAccessLayers("platform")
          .whereLayer("telemetry")
          .mayOnlyAccessLayers("platform")
          .whereLayer("access")
          .mayOnlyAccessLayers("platform")
          .whereLayer("session")
          .mayOnlyAccessLayers("study", "telemetry", "platform")
          .whereLayer("workbench")
          .mayOnlyAccessLayers("engine", "session", "study", "telemetry", "platform")
          .whereLayer("moderation")
          .mayOnlyAccessLayers("session", "study", "telemetry", "platform")
          .whereLayer("replay")
          .mayOnlyAccessLayers("telemetry", "workbench", "platform")
          .whereLayer("coding")
          .mayOnlyAccessLayers("telemetry", "agreement", "platform")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("org.steerstudy.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theEngineKnowsNoServer =
      noClasses()
          .that(resideInAnyPackage("org.steerstudy.engine..", "org.steerstudy.agreement.."))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.quarkus..", "jakarta..", "java.sql..", "io.vertx..", "org.hibernate.."))
          .because("the science can be used without web or database");

  @ArchTest
  static final ArchRule theRobotHasNoShortcut =
      noClasses()
          .that(resideInAnyPackage("org.steerstudy.robot.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("java.sql..", "io.quarkus..", "jakarta.."))
          .because("a robot participant is worth something only if it goes the way of a browser");
}
