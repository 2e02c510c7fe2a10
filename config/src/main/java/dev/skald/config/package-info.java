/** Every knob as a validated record. A value here is a valid one: constructors check. */
package dev.skald.config;
