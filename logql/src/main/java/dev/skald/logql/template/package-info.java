/**
 * Go's {@code text/template} with the functions that {@code line_format} and {@code label_format}
 * have.
 */
package dev.skald.logql.template;
