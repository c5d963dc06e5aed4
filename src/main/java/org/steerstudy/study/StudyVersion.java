package org.steerstudy.study;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/**
 * One text of a study's script. Never changed once stored; a session is pinned to the version that
 * it began with, and the hash stands in everything that the session computed.
 */
@Entity
@Immutable
public class StudyVersion extends PanacheEntityBase {

  @Id public UUID id;
  @ManyToOne public Study study;
  public int number;

  @Column(name = "sha256")
  public String sha256;

  public String title;
  public String source;
  public Instant createdAt;

  static Optional<StudyVersion> byHash(Study study, String sha256) {
    return find("study = ?1 and sha256 = ?2", study, sha256).firstResultOptional();
  }

  static Optional<StudyVersion> newest(Study study) {
    return find("study = ?1 order by number desc", study).firstResultOptional();
  }
}
