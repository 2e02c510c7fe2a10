/** Front door for writes. */
package dev.skald.distributor;
