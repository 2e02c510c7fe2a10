package dev.skald.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.status.Service.State;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private final Health health = new Health();

  private void assertStates(State process, State writing, State store, State upkeep) {
    assertThat(health.process()).as("process").isEqualTo(process);
    assertThat(health.writing()).as("writing").isEqualTo(writing);
    assertThat(health.store()).as("store").isEqualTo(store);
    assertThat(health.upkeep()).as("upkeep").isEqualTo(upkeep);
  }

  @Test
  void answersQueriesBeforeItTakesPushes() {
    assertStates(State.RUNNING, State.STARTING, State.RUNNING, State.STARTING);
    health.waits("replaying");
    assertThat(health.notReady()).isEqualTo("replaying");
    health.works();
    assertThat(health.notReady()).isEmpty();
    assertStates(State.RUNNING, State.RUNNING, State.RUNNING, State.RUNNING);
  }

  @Test
  void showsAFailedReplay() {
    health.fails("the replay has failed");
    assertStates(State.RUNNING, State.FAILED, State.RUNNING, State.FAILED);
  }

  @Test
  void showsAStoreThatAnotherProcessHasTaken() {
    health.works();
    health.watch(() -> Optional.of("taken"));
    assertThat(health.notReady()).isEqualTo("taken");
    assertStates(State.RUNNING, State.FAILED, State.FAILED, State.FAILED);
  }

  @Test
  void showsAStoreThatCannotBeReadAndThatItCanAgain() {
    health.works();
    health.looked(false);
    assertStates(State.RUNNING, State.RUNNING, State.FAILED, State.FAILED);
    health.looked(true);
    assertStates(State.RUNNING, State.RUNNING, State.RUNNING, State.RUNNING);
  }

  @Test
  void showsWhatStops() {
    health.works();
    health.retires("told to stop");
    assertStates(State.RUNNING, State.STOPPING, State.RUNNING, State.STOPPING);
    health.stops();
    assertStates(State.STOPPING, State.STOPPING, State.STOPPING, State.STOPPING);
  }
}
