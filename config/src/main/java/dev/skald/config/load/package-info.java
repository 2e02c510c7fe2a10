/**
 * From files, environment and flags to {@link dev.skald.config.SkaldConfig}. Start with {@link
 * dev.skald.config.load.ConfigLoader}.
 */
package dev.skald.config.load;
