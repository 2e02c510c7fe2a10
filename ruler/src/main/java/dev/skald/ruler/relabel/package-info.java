/** Labels changed by rules, as Prometheus' {@code relabel_configs} say. */
package dev.skald.ruler.relabel;
