/** How rules and alerts stand, as records that the API and the page read. */
package dev.skald.ruler.status;
