package org.steerstudy.session;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.UUID;
import org.steerstudy.study.Study;

/** Somebody who takes part, known by a pseudonym only. */
@Entity
public class Participant extends PanacheEntityBase {

  @Id public UUID id;
  @ManyToOne public Study study;

  /** 1, 2, ... within the study, in the order in which links were first opened. */
  public int number;

  public String pseudonym;

  /** A trial run of the researchers: counted apart. */
  public boolean pilot;

  /** A robot: counted apart. */
  public boolean robot;

  public Instant createdAt;

  static int nextNumber(Study study) {
    return find("select coalesce(max(number), 0) + 1 from Participant where study = ?1", study)
        .project(Integer.class)
        .singleResult();
  }
}
