/**
 * Study scripts: YAML read into typed records with every error at its line and column, versions
 * pinned by hash, consent texts, questionnaires and the definition of tasks and their success
 * criteria.
 */
package org.steerstudy.study;
