/** Front door for reads. */
package dev.skald.querier;
