package org.steerstudy.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.steerstudy.platform.Ids;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.platform.SteerStudyConfig;

/** The registered studies and the versions of their scripts. */
@ApplicationScoped
public class StudyCatalogue {

  private final SteerStudyConfig config;
  private final Clock clock;
  private final Map<UUID, StudyScript> scripts = new ConcurrentHashMap<>();

  StudyCatalogue(SteerStudyConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * Registers a script. The same text again changes nothing; another text under the same slug is
   * the next version, and sessions that began with an earlier one stay with it.
   *
   * @param name how errors name the text, for example its path
   * @throws ScriptException with every error at its line and column
   */
  @Transactional
  public StudyVersion register(String source, String name) {
    StudyScript script = StudyScripts.read(source, name, config.models());
    Study study = Study.bySlug(script.slug()).orElseGet(() -> create(script.slug()));
    String sha256 = StudyScripts.sha256(source);
    return StudyVersion.byHash(study, sha256)
        .orElseGet(() -> add(study, sha256, script.title(), source));
  }

  /**
   * @throws ProblemException 404 when there is no study of this slug
   */
  public Study require(String slug) {
    return Study.bySlug(slug)
        .orElseThrow(() -> ProblemException.notFound("There is no study '" + slug + "'."));
  }

  /**
   * @throws ProblemException 404 when the study has no version yet
   */
  public StudyVersion newestVersion(Study study) {
    return StudyVersion.newest(study)
        .orElseThrow(
            () -> ProblemException.notFound("The study '" + study.slug + "' has no script yet."));
  }

  /** The script of a version, read once. */
  public StudyScript script(StudyVersion version) {
    return scripts.computeIfAbsent(
        version.id, id -> StudyScripts.read(version.source, version.study.slug));
  }

  private Study create(String slug) {
    Study study = new Study();
    study.id = Ids.next();
    study.slug = slug;
    study.createdAt = clock.instant();
    study.persist();
    return study;
  }

  private StudyVersion add(Study study, String sha256, String title, String source) {
    StudyVersion version = new StudyVersion();
    version.id = Ids.next();
    version.study = study;
    version.number = StudyVersion.newest(study).map(newest -> newest.number).orElse(0) + 1;
    version.sha256 = sha256;
    version.title = title;
    version.source = source;
    version.createdAt = clock.instant();
    version.persist();
    return version;
  }
}
