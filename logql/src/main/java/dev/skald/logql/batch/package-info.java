/**
 * What a query runs on: batches of entries held by columns, and the sources that hand them out.
 * Storage and heads build these; stages and evaluation read them.
 */
package dev.skald.logql.batch;
