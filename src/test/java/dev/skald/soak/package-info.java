/** Random schedules of pushes, seals, crashes and faults, after each of which nothing is lost. */
package dev.skald.soak;
