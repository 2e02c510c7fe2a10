/**
 * Skald with the real Promtail, Grafana, Alertmanager and MinIO, where an engine runs containers;
 * elsewhere these tests are skipped, and docs/testing.md says what shows the same.
 */
package dev.skald.containers;
