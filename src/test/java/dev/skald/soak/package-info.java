/**
 * Storage under torment: random schedules of pushes, seals, crashes and faults, after each of which
 * nothing is lost, and queries over stores that go wrong.
 */
package dev.skald.soak;
