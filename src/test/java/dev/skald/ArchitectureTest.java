package dev.skald;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The guards of the invariants that ARCHITECTURE.md names. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.skald");

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  @Test
  void modulesFormAChain() {
    check(slices().matching("dev.skald.(*)..").should().beFreeOfCycles());
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("dev.skald.(**)").should().beFreeOfCycles());
  }

  @Test
  void packagesAreNestedOneLevelAtMost() {
    check(noClasses().should().resideInAPackage("dev.skald.*.*.*.."));
  }

  @Test
  void theLanguageDoesNoInputOrOutput() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.skald.logql..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|RandomAccess|Reader|Writer|Print).*"));
  }

  @Test
  void theLanguageStartsNoThread() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.skald.logql..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Executor.class)
            .orShould()
            .callConstructor(Thread.class));
  }

  @Test
  void onlyTheServerReadsClocks() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.skald.server..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC"));
  }

  @Test
  void onlyTheServerMakesThreads() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.skald.server..")
            .should()
            .callConstructor(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class));
  }

  @Test
  void onlyStorageOpensDataFiles() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "dev.skald.storage..",
                "dev.skald.config..",
                "dev.skald.ruler.rules..",
                "dev.skald.ruler.http..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Files.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(FileChannel.class));
  }

  @Test
  void onlyTheServerAcceptsConnections() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.skald.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "com.sun.net.httpserver..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ServerSocket.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ServerSocketChannel.class));
  }

  @Test
  void besideTheServerOnlyTheRulerCallsOut() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "dev.skald.server..",
                "dev.skald.ruler.http..",
                "dev.skald.ruler.notify..",
                "dev.skald.ruler.remotewrite..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http.."));
  }

  @Test
  void besideTheServerOnlyAlertsAreJson() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.skald.server..", "dev.skald.ruler.notify..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.."));
  }

  @Test
  void distributorAndQuerierDoNotKnowEachOther() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.skald.distributor..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.skald.querier.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.skald.querier..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.skald.distributor.."));
  }

  @Test
  void noStateIsStatic() {
    check(
        fields()
            .that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal());
    check(
        noFields()
            .that()
            .areStatic()
            .should()
            .haveRawType(
                JavaClass.Predicates.assignableTo(java.util.concurrent.ConcurrentMap.class)));
  }

  @Test
  void namesSayWhatThingsAre() {
    check(noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)"));
  }
}
