/**
 * The templates of alerts: Go's, with the functions that Prometheus gives them
 * (config-and-clients.md §2.6). To add a function, add a line to the table of its family: {@code
 * HumanFunctions}, {@code TextFunctions}, {@code ResultFunctions}, {@code QueryFunctions}; those
 * that tell what surrounds the alert are in {@code AlertTemplates}.
 */
package dev.skald.ruler.template;
