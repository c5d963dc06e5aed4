package org.steerstudy.workbench;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * What a result was computed from: enough to compute it again, or to refuse to call something else
 * the same. All hashes are lower-case hex SHA-256.
 */
@Embeddable
public record Fingerprints(
    @Column(name = "model_sha256") String model,
    @Column(name = "sae_sha256") String sae,
    @Column(name = "image_sha256") String image,
    @Column(name = "prompts_sha256") String prompts,
    @Column(name = "script_sha256") String script,
    @Column(name = "engine_version") String engine) {}
