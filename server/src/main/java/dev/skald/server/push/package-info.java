/**
 * The wire formats of writes: Loki's JSON and protobuf pushes, its legacy ones, and OpenTelemetry
 * logs, each decoded from bytes into a {@link dev.skald.distributor.PushRequest}.
 */
package dev.skald.server.push;
